/** Publishing: all journeys that are given or none, in one transaction. The same again changes nothing. */
import { sql } from 'kysely';
import { hashOf } from '../core/journey/hash.ts';
import { hears } from '../core/journey/hears.ts';
import type { Journey } from '../core/journey/table.ts';
import type { StepMap } from '../core/run/move-state.ts';
import { planBroadcast } from './audiences/plan.ts';
import { entryFieldOf } from './dates/due.ts';
import { planDateScan } from './dates/scan.ts';
import { hashOfDefinition, putDefinition, type Definitions } from './definitions.ts';
import type { JourneyVersion } from './journeys.ts';
import { beginMoveIn } from './moves/begin.ts';
import { goingFrom, goingTo, isGoing } from './moves/going.ts';
import { wouldOrphan, type Others, type WouldOrphan } from './moves/would-orphan.ts';
import type { Db, Tx } from './open.ts';

export interface Publication extends Definitions {
  /** With a version, it is published under that one or refused; without, under the next. */
  readonly journeys: readonly { readonly definition: Journey; readonly version?: number; readonly others?: Others }[];
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
        /** The move that was begun with it, or one to it that is not over; its pages are still to be told. */
        readonly move: string | null;
      }[];
    }
  | WouldOrphan
  | {
      /** Customers should be moved from a version from which others are just moved. */
      readonly refused: 'another-move-is-going';
      readonly journey: string;
      readonly move: string;
      readonly because: string;
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

/** Who publishes waits for whoever publishes just now, so that numbers and newest versions are what they seem. */
export const lockPublishing = (tx: Tx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtext('righttouch publish'))`.execute(tx);

async function publishAll(tx: Tx, publication: Publication): Promise<Published> {
  await lockPublishing(tx);
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
  { definition, version, others }: Publication['journeys'][number],
  row: VersionRow,
): Promise<{ name: string; version: number; hash: string; isNew: boolean; move: string | null }> {
  const { name } = definition;
  const hash = hashOf(definition);
  const known = await tx
    .selectFrom('journeys')
    .select(['version', 'hash', 'words_hash', 'policy_hash', 'templates_hash', 'retired_at'])
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute();
  const newest = known[0]?.version ?? 0;
  const under = version === undefined ? known[0] : known.find((k) => k.version === version);
  const isSame = under?.hash === hash && hashes.every((column) => under[column] === row[column]);
  // What was retired is not entered: published again, it is a version of its own.
  if (isSame && (under.retired_at === null || version !== undefined))
    return {
      name,
      version: under.version,
      hash,
      isNew: false,
      move: (await goingTo(tx, name, under.version))?.id ?? null,
    };
  const number = version ?? newest + 1;
  if (under && version !== undefined) throw new Refused(changed(name, number, newest));
  if (number <= newest) throw new Refused(older(name, number, newest));
  const orphaned = newest === 0 ? null : await wouldOrphan(tx, definition, newest, others);
  if (orphaned) throw new Refused(orphaned);
  await insertVersion(tx, definition, number, row);
  const move = newest > 0 && others?.move ? await moveThem(tx, name, newest, number, others.move, row) : null;
  return { name, version: number, hash, isNew: true, move };
}

type VersionRow = Record<Hashes, string> & { published_at: Date; published_by: string; same_as?: number };

/** Also of a version that comes back. Whoever calls holds the lock of publishing. */
export async function insertVersion(tx: Tx, definition: Journey, version: number, row: VersionRow): Promise<void> {
  const { name, entry } = definition;
  await tx
    .insertInto('journeys')
    .values({
      ...row,
      name,
      version,
      hash: hashOf(definition),
      definition: JSON.stringify(definition),
      hears: [...hears(definition)],
      entry_event: 'event' in entry ? entry.event : null,
      entry_field: entryFieldOf(definition),
    })
    .execute();
  const publishedAt = row.published_at.getTime();
  await planDateScan(tx, name, entryFieldOf(definition), publishedAt);
  await planBroadcast(tx, { name, version, entry, comesBack: row.same_as !== undefined }, publishedAt);
}

/** Exactly this, with the same words, policy and templates. */
export const isPublishedAs = (version: JourneyVersion, definition: Journey, used: Definitions): boolean =>
  version.hash === hashOf(definition) &&
  version.wordsHash === hashOfDefinition('words', used.words) &&
  version.policyHash === hashOfDefinition('policy', used.policy) &&
  version.templatesHash === hashOfDefinition('templates', used.templates);

/** Only who stands at the steps that are named: everybody else stays, and may be moved by a move of its own. */
async function moveThem(
  tx: Tx,
  journey: string,
  from: number,
  to: number,
  map: StepMap,
  row: VersionRow,
): Promise<string> {
  const { published_by: by, published_at } = row;
  const begun = await beginMoveIn(tx, {
    journey,
    from,
    to,
    map,
    steps: Object.keys(map),
    by,
    now: published_at.getTime(),
  });
  if ('refused' in begun && begun.refused === 'another-is-going') {
    const going = await goingFrom(tx, journey, from);
    throw new Refused({ refused: 'another-move-is-going', journey, move: begun.id, because: isGoing(journey, going) });
  }
  if ('refused' in begun) throw new Error(`A move that was just found possible is refused: ${begun.refused}`);
  return begun.id;
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
