/** Published journeys, each with the words, policy and templates it was published with. */
import { frozen } from '../core/journey/frozen.ts';
import type { Journey } from '../core/journey/table.ts';
import { definitionAt, type Definitions, type Stored } from './definitions.ts';
import { remember } from './memory.ts';
import type { Db } from './open.ts';

export interface JourneyVersion {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly definition: Journey;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly wordsHash: string;
  readonly policyHash: string;
  readonly templatesHash: string;
  /** The version that this one brought back. */
  readonly sameAs: number | null;
  /** From then on nobody enters it; nobody was on it. */
  readonly retiredAt: number | null;
}

const columns = [
  'name',
  'version',
  'hash',
  'words_hash',
  'policy_hash',
  'templates_hash',
  'published_at',
  'published_by',
  'same_as',
  'retired_at',
] as const;
interface Row {
  name: string;
  version: number;
  hash: string;
  words_hash: string;
  policy_hash: string;
  templates_hash: string;
  published_at: Date;
  published_by: string;
  same_as: number | null;
  retired_at: Date | null;
}

const kept = remember<Journey>(500);

/** Definitions are read once a process and hash: they may be 64 KB. */
async function whole(db: Db, row: Row): Promise<JourneyVersion> {
  const definition = await kept(row.hash, async () => {
    const found = await db
      .selectFrom('journeys')
      .select('definition')
      .where('name', '=', row.name)
      .where('version', '=', row.version)
      .executeTakeFirstOrThrow();
    return frozen(found.definition);
  });
  return {
    name: row.name,
    version: row.version,
    hash: row.hash,
    definition,
    publishedAt: row.published_at.getTime(),
    publishedBy: row.published_by,
    wordsHash: row.words_hash,
    policyHash: row.policy_hash,
    templatesHash: row.templates_hash,
    sameAs: row.same_as,
    retiredAt: row.retired_at?.getTime() ?? null,
  };
}

export async function journeyAt(db: Db, name: string, version: number): Promise<JourneyVersion | null> {
  const row = await db
    .selectFrom('journeys')
    .select(columns)
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? whole(db, row) : null;
}

export async function latestJourney(db: Db, name: string): Promise<JourneyVersion | null> {
  const row = await db
    .selectFrom('journeys')
    .select(columns)
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? whole(db, row) : null;
}

/** The newest version of each journey, by name. */
export async function listJourneys(db: Db): Promise<JourneyVersion[]> {
  const rows = await db
    .selectFrom('journeys')
    .distinctOn('name')
    .select(columns)
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute();
  return Promise.all(rows.map((row) => whole(db, row)));
}

export async function journeyVersions(db: Db, name: string): Promise<JourneyVersion[]> {
  const rows = await db
    .selectFrom('journeys')
    .select(columns)
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .execute();
  return Promise.all(rows.map((row) => whole(db, row)));
}

/**
 * Journeys whose newest version is entered by this event. A journey that was, and no longer is, starts nothing. Until the transaction is over
 * none of them is retired: whoever retires it waits, and then finds who entered.
 */
export async function journeysEnteredBy(db: Db, event: string): Promise<JourneyVersion[]> {
  const rows = await newest(db).where('j.entry_event', '=', event).forKeyShare('j').execute();
  return Promise.all(rows.map((row) => whole(db, row)));
}

/** Likewise by a date in one of these fields of a customer's; null: in any. */
export async function journeysEnteredByDate(db: Db, fields: readonly string[] | null): Promise<JourneyVersion[]> {
  const rows = await newest(db)
    .where('j.entry_field', 'is not', null)
    .$if(fields !== null, (q) => q.where((eb) => eb('j.entry_field', '=', eb.fn.any(eb.val([...(fields ?? [])])))))
    .execute();
  return Promise.all(rows.map((row) => whole(db, row)));
}

const newest = (db: Db) =>
  db
    .selectFrom('journeys as j')
    .select(columns.map((column) => `j.${column}` as const))
    .where('j.retired_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('journeys as newer')
            .select('newer.version')
            .whereRef('newer.name', '=', 'j.name')
            .whereRef('newer.version', '>', 'j.version'),
        ),
      ),
    )
    .orderBy('j.name');

/** What this version was published with. */
export async function pinned(
  db: Db,
  journey: Pick<JourneyVersion, 'wordsHash' | 'policyHash' | 'templatesHash'>,
): Promise<{ readonly [K in keyof Definitions]: Stored<Definitions[K]> }> {
  const [words, policy, templates] = await Promise.all([
    definitionAt(db, 'words', journey.wordsHash),
    definitionAt(db, 'policy', journey.policyHash),
    definitionAt(db, 'templates', journey.templatesHash),
  ]);
  return { words, policy, templates };
}
