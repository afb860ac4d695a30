import { sayInstant } from '../../core/budget/explain.ts';
import type { AskRecord } from '../../core/budget/ask.ts';
import type { TouchState } from '../database.ts';
import type { Db } from '../open.ts';

/** Instants in epoch milliseconds. */
export interface AskTold {
  readonly ask: number;
  readonly at: number;
  /** 'reserved', 'deferred', 'to-human' or 'dropped'. */
  readonly decided: string;
  readonly because: string | null;
  /** One plain sentence. */
  readonly says: string;
  readonly tried: AskRecord['tried'];
}
export interface TouchTold {
  readonly touchId: string;
  readonly journey: string | null;
  readonly version: number | null;
  readonly step: string | null;
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
  /** Where it stands now, in one plain sentence. */
  readonly says: string;
  /** What the chooser saw. */
  readonly considered: unknown;
  /** Each time it asked, in order. */
  readonly asks: readonly AskTold[];
}

export interface WhyOptions {
  /** Touches, at most; 50 unless given. */
  readonly limit?: number;
  /** Newest first unless 'oldest'. */
  readonly first?: 'newest' | 'oldest';
}

/** Every touch to a customer, made and not made, with what was decided of it each time it asked. */
export async function whyCustomer(
  db: Db,
  customerId: string,
  { limit = 50, first = 'newest' }: WhyOptions = {},
): Promise<TouchTold[]> {
  const way = first === 'newest' ? 'desc' : 'asc';
  const [touches, budget] = await Promise.all([
    db
      .selectFrom('touches')
      .selectAll()
      .where('customer_id', '=', customerId)
      .orderBy('asked_at', way)
      .orderBy('id', way)
      .limit(limit)
      .execute(),
    db.selectFrom('budgets').select('gates').where('customer_id', '=', customerId).executeTakeFirst(),
  ]);
  if (touches.length === 0) return [];
  const decisions = await db
    .selectFrom('decisions')
    .selectAll()
    .where(
      'touch_id',
      'in',
      touches.map((t) => t.id),
    )
    .orderBy('ask')
    .execute();
  const zone = budget?.gates.zone ?? null;
  return touches.map((t) => {
    const asks = decisions
      .filter((d) => d.touch_id === t.id)
      .map(({ ask, at, decided, because, explanation }): AskTold => {
        const { says, tried } = explanation;
        return { ask, at: at.getTime(), decided, because, says, tried };
      });
    return {
      touchId: t.id,
      journey: t.journey,
      version: t.version,
      step: t.step,
      purpose: t.purpose,
      cause: t.cause,
      template: t.template,
      madeBy: t.made_by,
      channel: t.channel,
      cost: t.cost,
      state: t.state,
      askedAt: t.asked_at.getTime(),
      until: t.until?.getTime() ?? null,
      sentAt: t.sent_at?.getTime() ?? null,
      receipt: t.receipt,
      failure: t.failure,
      says: sayState(t, zone, asks.at(-1)?.says),
      considered: t.considered,
      asks,
    };
  });
}

interface Standing {
  readonly state: TouchState;
  readonly channel: string | null;
  readonly sent_at: Date | null;
  readonly until: Date | null;
  readonly receipt: string | null;
  readonly failure: string | null;
}

function sayState(
  { state, channel, sent_at, until, receipt, failure }: Standing,
  zone: string | null,
  last = '',
): string {
  const by = channel === null ? '' : ` by ${channel}`;
  const because = failure === null ? '' : ` (${failure})`;
  switch (state) {
    case 'sent': {
      const when = sent_at === null ? '' : ` on ${sayInstant(sent_at.getTime(), zone)}`;
      return `Sent${by}${when}${receipt === null ? '' : `; the provider says: ${receipt}`}.`;
    }
    case 'reserved':
      return `It has its place${by}${until === null ? '' : `, to be sent by ${sayInstant(until.getTime(), zone)}`}.`;
    case 'sending':
      return `It is on its way${by}.`;
    case 'unknown':
      return `It may have gone out${by}: what came of it is not known yet, so it keeps its place and is not sent again${because}.`;
    case 'failed':
      return `It surely did not go out${by}${because}; its place was given back.`;
    case 'withdrawn':
      return failure === null
        ? 'Withdrawn: the run went on without it.'
        : 'It was not sent in its time, and its place was given back.';
    case 'with-person':
      return `A person makes it. ${last}`;
    case 'deferred':
    case 'refused':
      return last;
  }
}
