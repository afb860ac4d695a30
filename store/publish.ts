/** Publishing: all journeys that are given or none, in one transaction. The same again changes nothing. */
import { sql } from 'kysely';
import { hashOf } from '../core/journey/hash.ts';
import { hears } from '../core/journey/hears.ts';
import type { Journey } from '../core/journey/table.ts';
import { planBroadcast } from './audiences/plan.ts';
import { entryFieldOf } from './dates/due.ts';
import { planDateScan } from './dates/scan.ts';
import { putDefinition, type Definitions } from './definitions.ts';
import type { Db, Tx } from './open.ts';

export interface Publication extends Definitions {
  /** With a version, it is published under that one or refused; without, under the next. */
  readonly journeys: readonly { readonly definition: Journey; readonly version?: number }[];
  readonly by: string;
  readonly now: number;
}

export type Published =
  | {
      readonly published: readonly {
        readonly name: string;
        readonly version: number;
        readonly hash: string;
        /** False: exactly this was the newest already. */
        readonly isNew: boolean;
      }[];
    }
  | {
      readonly refused: 'changed-under-same-version' | 'older-than-newest';
      readonly journey: string;
      readonly version: number;
      readonly newest: number;
      readonly because: string;
    };
type Refusal = Extract<Published, { refused: string }>;

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.because);
    this.refusal = refusal;
  }
}

/** What was published is not changed: another definition under a version that is there is refused, and then nothing is published. */
export async function publish(db: Db, publication: Publication): Promise<Published> {
  try {
    return await db.transaction().execute((tx) => publishAll(tx, publication));
  } catch (error) {
    if (error instanceof Refused) return error.refusal; // Thrown only to roll back what was already written.
    throw error;
  }
}

async function publishAll(tx: Tx, publication: Publication): Promise<Published> {
  // Who publishes waits for whoever publishes just now, so that numbers and newest versions are what they seem.
  await sql`select pg_advisory_xact_lock(hashtext('righttouch publish'))`.execute(tx);
  const { now } = publication;
  const row = {
    words_hash: await putDefinition(tx, 'words', publication.words, now),
    policy_hash: await putDefinition(tx, 'policy', publication.policy, now),
    templates_hash: await putDefinition(tx, 'templates', publication.templates, now),
    published_at: new Date(now),
    published_by: publication.by,
  };
  const published = [];
  for (const journey of publication.journeys) published.push(await publishOne(tx, journey, row));
  return { published };
}

type Hashes = 'words_hash' | 'policy_hash' | 'templates_hash';
async function publishOne(
  tx: Tx,
  { definition, version }: Publication['journeys'][number],
  row: Record<Hashes, string> & { published_at: Date; published_by: string },
): Promise<{ name: string; version: number; hash: string; isNew: boolean }> {
  const { name } = definition;
  const hash = hashOf(definition);
  const known = await tx
    .selectFrom('journeys')
    .select(['version', 'hash', 'words_hash', 'policy_hash', 'templates_hash'])
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute();
  const newest = known[0]?.version ?? 0;
  const under = version === undefined ? known[0] : known.find((k) => k.version === version);
  if (under?.hash === hash && hashes.every((column) => under[column] === row[column]))
    return { name, version: under.version, hash, isNew: false };
  const number = version ?? newest + 1;
  if (under && version !== undefined) throw new Refused(changed(name, number, newest));
  if (number <= newest) throw new Refused(older(name, number, newest));
  await tx
    .insertInto('journeys')
    .values({
      ...row,
      name,
      version: number,
      hash,
      definition: JSON.stringify(definition),
      hears: [...hears(definition)],
      entry_event: 'event' in definition.entry ? definition.entry.event : null,
      entry_field: entryFieldOf(definition),
    })
    .execute();
  const publishedAt = row.published_at.getTime();
  await planDateScan(tx, name, entryFieldOf(definition), publishedAt);
  await planBroadcast(tx, { name, version: number, entry: definition.entry }, publishedAt);
  return { name, version: number, hash, isNew: true };
}
const hashes = ['words_hash', 'policy_hash', 'templates_hash'] as const;

const changed = (journey: string, version: number, newest: number): Refusal => ({
  refused: 'changed-under-same-version',
  journey,
  version,
  newest,
  because:
    `Journey '${journey}' version ${String(version)} is published with another definition, words, policy or templates, ` +
    `and what is published never changes. Publish it without a version, or as version ${String(newest + 1)}`,
});
const older = (journey: string, version: number, newest: number): Refusal => ({
  refused: 'older-than-newest',
  journey,
  version,
  newest,
  because:
    `Journey '${journey}' is already at version ${String(newest)}, so version ${String(version)} would never be entered. ` +
    `Publish it as version ${String(newest + 1)}`,
});
