/** Changes of single steps that people propose. Journeys are code, so what is accepted is written by their designer and not by us (decision 0028). */
import type { StepChange } from '../../core/journey/step-change.ts';
import type { ProposalState } from '../database/field.ts';
import type { Db } from '../open.ts';

export interface Proposal {
  readonly number: number;
  readonly journey: string;
  /** The version that it was made for. */
  readonly version: number;
  readonly step: string;
  readonly change: StepChange;
  readonly why: string;
  readonly by: string;
  readonly at: number;
  readonly state: ProposalState;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly decidedBecause: string | null;
}
export type Proposed = Pick<Proposal, 'journey' | 'version' | 'step' | 'change' | 'why' | 'by'>;

const proposalRows = (db: Db) =>
  db
    .selectFrom('proposals')
    .select(['number', 'journey', 'version', 'step', 'change', 'why', 'proposed_by', 'at', 'state'])
    .select(['decided_by', 'decided_at', 'decided_because']);
type Row = Awaited<ReturnType<ReturnType<typeof proposalRows>['executeTakeFirstOrThrow']>>;
const read = ({ number, proposed_by, at, decided_by, decided_at, decided_because, ...row }: Row): Proposal => ({
  ...row,
  number: Number(number),
  by: proposed_by,
  at: at.getTime(),
  decidedBy: decided_by,
  decidedAt: decided_at?.getTime() ?? null,
  decidedBecause: decided_because,
});

/** The same proposal by the same person, while it is open, is one. */
export async function propose(db: Db, { change, by, ...proposed }: Proposed, now: number): Promise<Proposal> {
  const same = await proposalRows(db)
    .where('journey', '=', proposed.journey)
    .where('version', '=', proposed.version)
    .where('step', '=', proposed.step)
    .where('proposed_by', '=', by)
    .where('state', '=', 'open')
    .execute();
  const known = same.map(read).find((one) => JSON.stringify(one.change) === JSON.stringify(change));
  if (known) return known;
  const row = await db
    .insertInto('proposals')
    .values({ ...proposed, change: JSON.stringify(change), proposed_by: by, at: new Date(now), state: 'open' })
    .returning('number')
    .executeTakeFirstOrThrow();
  return read(await proposalRows(db).where('number', '=', row.number).executeTakeFirstOrThrow());
}

export async function getProposal(db: Db, number: number): Promise<Proposal | null> {
  const row = await proposalRows(db).where('number', '=', String(number)).executeTakeFirst();
  return row ? read(row) : null;
}

export interface ProposalsAsked {
  readonly state: ProposalState | null;
  readonly journey: string | null;
  /** The last number of the page before. */
  readonly before: number | null;
  readonly limit: number;
}

/** Newest first. */
export async function listProposals(db: Db, { state, journey, before, limit }: ProposalsAsked): Promise<Proposal[]> {
  let rows = proposalRows(db).orderBy('number', 'desc').limit(limit);
  if (state !== null) rows = rows.where('state', '=', state);
  if (journey !== null) rows = rows.where('journey', '=', journey);
  if (before !== null) rows = rows.where('number', '<', String(before));
  return (await rows.execute()).map(read);
}

/** Null: it was decided before, or there is none. */
export async function decideProposal(
  db: Db,
  number: number,
  decided: { readonly as: 'accepted' | 'declined'; readonly by: string; readonly because: string | null },
  now: number,
): Promise<Proposal | null> {
  const row = await db
    .updateTable('proposals')
    .set({
      state: decided.as,
      decided_by: decided.by,
      decided_at: new Date(now),
      decided_because: decided.because,
    })
    .where('number', '=', String(number))
    .where('state', '=', 'open')
    .returning('number')
    .executeTakeFirst();
  return row ? getProposal(db, number) : null;
}
