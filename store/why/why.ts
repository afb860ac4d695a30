/** What happened to a customer and what did not, with its reasons: touches, notes to our people, entries that came to nothing. */
import type { Tried } from '../../core/budget/touch-ask.ts';
import type { SettledBy, TouchState } from '../database.ts';
import type { Db } from '../open.ts';
import { countAsSentAt, type CountsAsSent } from './counts-as-sent.ts';
import { pageOf, type DecisionRow, type PageAsked, type PageRow } from './page.ts';
import { sayState } from './say-state.ts';

/** Instants in epoch milliseconds. */
export interface AskTold {
  readonly ask: number;
  readonly at: number;
  /** 'reserved', 'deferred', 'to-human', 'dropped', or 'stopped': its place was taken back right before it was sent. */
  readonly decided: string;
  readonly because: string | null;
  /** One plain sentence. */
  readonly says: string;
  readonly tried: readonly Tried[];
}
export interface TouchTold {
  readonly touchId: string;
  readonly journey: string | null;
  readonly version: number | null;
  readonly step: string | null;
  /** The broadcast that it is part of; null: a run's own. */
  readonly broadcast: { readonly id: string; readonly audience: string; readonly state: string } | null;
  readonly purpose: string;
  readonly cause: string | null;
  readonly template: string | null;
  readonly madeBy: 'tech' | 'human';
  readonly channel: string | null;
  readonly cost: number;
  readonly state: TouchState;
  readonly askedAt: number;
  readonly until: number | null;
  readonly sentAt: number | null;
  readonly receipt: string | null;
  readonly failure: string | null;
  /** How it became certain after it was unknown; null: it was never unknown, or its own attempt told late. */
  readonly settledBy: SettledBy | null;
  /** Of one that is unknown: from when on it counts as sent, and by which policy; null: it is not, or no rule is stated. */
  readonly countsAsSent: CountsAsSent | null;
  /** Where it stands now, in one plain sentence. */
  readonly says: string;
  /** What the chooser saw. */
  readonly considered: unknown;
  /** Each time it asked, in order. */
  readonly asks: readonly AskTold[];
}
/** A note that a journey left for our own people. */
export interface NoteTold {
  readonly id: string;
  readonly at: number;
  readonly journey: string | null;
  readonly step: string | null;
  readonly team: string;
  readonly about: string;
  readonly dueAt: number;
  /** When the team was told; null: not yet. */
  readonly toldAt: number | null;
}
/** A journey that they might have entered, and did not. */
export interface TurnedAwayTold {
  readonly id: string;
  readonly at: number;
  readonly journey: string;
  readonly because: string;
  /** When it may be entered again; null: not while things are as they are. */
  readonly until: number | null;
}

export interface WhyTold {
  /** The customer's zone; null: it is not known. */
  readonly zone: string | null;
  readonly touches: readonly TouchTold[];
  readonly notes: readonly NoteTold[];
  readonly turnedAway: readonly TurnedAwayTold[];
  /** Where the next page begins; null: this is the last one. */
  readonly next: { readonly at: number; readonly id: string } | null;
}

export async function whyPage(db: Db, customerId: string, asked: PageAsked): Promise<WhyTold> {
  const rows = await pageOf(db, customerId, asked);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const rules = await countAsSentAt(db, shown);
  return {
    zone: rows[0]?.zone ?? null,
    touches: shown.filter(({ kind }) => kind === 'touch').map((row) => touchTold(row, rules.get(row.id) ?? null)),
    notes: shown.filter(({ kind }) => kind === 'note').map(noteTold),
    turnedAway: shown.filter(({ kind }) => kind === 'turned-away').map(turnedAwayTold),
    next: rows.length > asked.limit && last ? { at: last.at.getTime(), id: last.id } : null,
  };
}

/** The touches of the first page: newest first unless 'oldest', 50 unless given. */
export const whyCustomer = async (
  db: Db,
  customerId: string,
  { limit = 50, first = 'newest' }: Partial<PageAsked> = {},
): Promise<readonly TouchTold[]> => (await whyPage(db, customerId, { limit, first })).touches;

function touchTold(row: PageRow, rule: CountsAsSent | null): TouchTold {
  const asks = (row.asks ?? []).map(askTold);
  const { broadcast, audience, broadcast_state } = row;
  return {
    touchId: row.id,
    journey: row.journey,
    version: row.version,
    step: row.step,
    broadcast: broadcast === null ? null : { id: broadcast, audience: audience ?? '', state: broadcast_state ?? '' },
    purpose: row.purpose,
    cause: row.cause,
    template: row.template,
    madeBy: row.made_by,
    channel: row.channel,
    cost: row.cost,
    state: row.state,
    askedAt: row.at.getTime(),
    until: row.until?.getTime() ?? null,
    sentAt: row.sent_at?.getTime() ?? null,
    receipt: row.receipt,
    failure: row.failure,
    settledBy: row.settled_by,
    countsAsSent: rule,
    says: sayState(row, row.zone, { last: asks.at(-1)?.says, rule }),
    considered: row.considered,
    asks,
  };
}

const askTold = ({ ask, at, decided, because, explanation }: DecisionRow): AskTold => ({
  ask,
  at,
  decided,
  because,
  says: explanation.says,
  tried: explanation.tried,
});

const noteTold = ({ id, at, journey, step, team, about, due_at, told_at }: PageRow): NoteTold => ({
  id,
  at: at.getTime(),
  journey,
  step,
  team,
  about,
  dueAt: due_at.getTime(),
  toldAt: told_at?.getTime() ?? null,
});

const turnedAwayTold = ({ id, at, journey, because, again_at }: PageRow): TurnedAwayTold => ({
  id,
  at: at.getTime(),
  journey: journey ?? '',
  because,
  until: again_at?.getTime() ?? null,
});
