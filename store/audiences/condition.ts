/**
 * A condition as SQL on `customers c`, so that a million people are asked by the database. It means what `core/journey/holds` means: an unknown
 * value passes no test, and `not` turns the outcome round.
 *
 * Besides `customer.FIELD` it reads `record.zone`, `record.locale`, `record.preferredChannel`; `address.CHANNEL` and `consent-PURPOSE.CHANNEL`
 * (true, or not known); and `guard-FACT.holds` (true, or not known).
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ConditionData, Scalar } from '../../core/journey/table.ts';

type Sql = RawBuilder<SqlBool>;

/** It never comes to null. */
export function whereHolds(condition: ConditionData): Sql {
  if ('all' in condition) return sql`(${sql.join(condition.all.map(whereHolds), sql` and `)})`;
  if ('any' in condition) return sql`(${sql.join(condition.any.map(whereHolds), sql` or `)})`;
  if ('not' in condition) return sql`(not ${whereHolds(condition.not)})`;
  const value = valueAt(condition.path);
  if ('is' in condition) return sql`coalesce(${value} in (${sql.join(condition.is.map(asJson))}), false)`;
  if ('atLeast' in condition) return sql`coalesce(${numberIn(value)} >= ${condition.atLeast}::float8, false)`;
  if ('atMost' in condition) return sql`coalesce(${numberIn(value)} <= ${condition.atMost}::float8, false)`;
  return sql`(${value} is not null)`;
}

const asJson = (value: Scalar): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;
/** `case`, because nothing else keeps the cast from being tried on a text. */
const numberIn = (value: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`case when jsonb_typeof(${value}) = 'number' then (${value} #>> '{}')::float8 end`;

/** A JSON value, or null where it is not known. */
function valueAt(path: string): RawBuilder<unknown> {
  const { root, of, field } = readPath(path);
  switch (root) {
    case 'customer':
      return sql`(c.fields -> ${field}::text)`;
    case 'record':
      return sql`to_jsonb(${sql.ref(`c.${columns[field] ?? 'id'}`)})`;
    case 'address':
      return known(sql`(select true from addresses a where a.customer_id = c.id and a.channel = ${field} limit 1)`);
    case 'consent':
      return known(hasConsent(sql`${field}`, of));
    case 'guard':
      return known(
        sql`(select true from guards g where g.customer_id = c.id and g.fact = ${of} and g.lifted_at is null limit 1)`,
      );
  }
}
const known = (is: RawBuilder<unknown>): RawBuilder<unknown> => sql`(case when ${is} then 'true'::jsonb end)`;

/**
 * Given, and not withdrawn since; `channel` is an expression. A value and not `exists`, here as for addresses and guards above: of that
 * PostgreSQL makes a hash of everybody's, for each page anew.
 */
export const hasConsent = (channel: RawBuilder<unknown>, purpose: string): RawBuilder<SqlBool> =>
  sql`coalesce((select bool_or(k ->> 'channel' = ${channel} and k ->> 'purpose' = ${purpose} and (k ->> 'granted')::boolean)
    from json_array_elements((select b.gates -> 'consents' from budgets b where b.customer_id = c.id)) as k), false)`;

const columns: Readonly<Record<string, string>> = {
  zone: 'zone',
  locale: 'locale',
  preferredChannel: 'preferred_channel',
};
const roots = ['customer', 'record', 'address', 'consent', 'guard'] as const;
interface Path {
  readonly root: (typeof roots)[number];
  /** The purpose or the fact, for `consent-marketing.email` and `guard-bereavement.holds`. */
  readonly of: string;
  readonly field: string;
}

function readPath(path: string): Path {
  const fault = pathFault(path);
  if (fault !== null) throw new Error(`${fault}; setting an audience refuses it`);
  const [before = '', field = ''] = path.split('.', 2);
  const root = roots.find((r) => before === r || before.startsWith(`${r}-`)) ?? 'customer';
  return { root, of: before.slice(root.length + 1), field };
}

/** Null: an audience can ask for it, as far as its form goes. */
export function pathFault(path: string): string | null {
  const [before = '', field = ''] = path.split('.', 2);
  const isFine =
    before === 'customer' ||
    (before === 'record' && field in columns) ||
    before === 'address' ||
    /^consent-./.test(before) ||
    (/^guard-./.test(before) && field === 'holds');
  return isFine
    ? null
    : `'${path}' is nothing an audience can ask for: there are customer.FIELD, record.zone, record.locale, ` +
        'record.preferredChannel, address.CHANNEL, consent-PURPOSE.CHANNEL and guard-FACT.holds';
}
