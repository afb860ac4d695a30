/** Whom and what a kill switch is about, as a condition on `touches t` and `customers c`. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { whereInArea } from '../area-condition.ts';
import { findAudience, whereIn } from '../audiences/audiences.ts';
import type { Db } from '../open.ts';
import type { KillScope } from './kill-switches.ts';

export async function inScope(db: Db, scope: KillScope): Promise<RawBuilder<SqlBool>> {
  const at = scope.indexOf(':');
  const of = scope.slice(at + 1);
  switch (scope.slice(0, Math.max(at, 0))) {
    case 'journey':
      return sql<SqlBool>`t.journey = ${of}`;
    case 'channel':
      return sql<SqlBool>`t.channel = ${of}`;
    case 'area':
      return whereInArea(of);
    case 'segment': {
      const segment = await findAudience(db, of);
      return segment ? whereIn(segment) : sql<SqlBool>`false`;
    }
    default:
      return sql<SqlBool>`true`;
  }
}
