/** One customer through everything that can happen to them: in a row, as the store does it, and in a plain book of our own beside it. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { underAreas } from '../../../../core/budget/area-guards.ts';
import { mergeRows } from '../../../../core/budget/merge.ts';
import { readPolicy } from '../../../../core/budget/read-policy.ts';
import { expire, fence, leave, release, reserve, settle, wait } from '../../../../core/budget/reserve.ts';
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { Policy } from '../../../../core/budget/policy.ts';
import type { BudgetRow, Gates, RecentTouch, WaitingTouch } from '../../../../core/budget/row.ts';
import { day, gatesWith, noon, request, rowWith } from '../fixtures.ts';
import { countsIn, windowsOf, type Asker } from './budget.ts';
import { clockIn, step } from './clock.ts';
import { expectWithin, type Left } from './expect-within.ts';
import { gatesOf, stoppedOf } from './generated-gates.ts';
import { channel, journey, purpose } from './generated-words.ts';
import { costOf } from './kind.ts';
import { isTurn, oracle } from './oracle.ts';
import { nothingStopped, zonesOf, type Person, type Stopped } from './person.ts';
import { said } from './said.ts';
import { united } from './united.ts';

export const act = fc.record({
  kind: fc.oneof(
    { weight: 16, arbitrary: fc.constant('ask' as const) },
    { weight: 12, arbitrary: fc.constant('fence' as const) },
    { weight: 4, arbitrary: fc.constant('sent' as const) },
    {
      weight: 8,
      arbitrary: fc.constantFrom(...(['failed', 'unknown', 'release', 'expire', 'withdraw', 'ask again'] as const)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...(['change', 'change back', 'stop'] as const)) },
  ),
  /** Half hours that pass before it; a clock may also be behind the one before. */
  passes: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 1 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }) },
    { weight: 1, arbitrary: fc.constant(-1) },
  ),
  which: fc.nat({ max: 9_999 }),
  channel,
  purpose,
  journey,
  // They stay where they are: what was counted on one clock is not counted on another.
  gates: gatesOf.map((gates) => ({ ...gates, zone: 'Europe/Berlin', zonesPlausible: [] })),
  stopped: stoppedOf,
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

export class Life {
  row: BudgetRow = rowWith();
  readonly answers: string[] = [];
  readonly #policy: Policy;
  /** Who they are, for as long as they are two: the touches that left before they were found to be one count for each alone. */
  #name: string;
  #now = noon;
  #stopped: Stopped = nothingStopped;
  // The book: what has its place, what waits, what stops a touch, and what left.
  #records: readonly Gates[] = [this.row.gates];
  readonly #places = new Map<string, RecentTouch>();
  readonly #waiting = new Map<string, WaitingTouch>();
  readonly #asked: TouchRequest[] = [];
  readonly #left: Left[] = [];
  readonly #ended = new Set<string>();

  constructor(policy: Policy, name: string) {
    this.#policy = policy;
    this.#name = name;
  }

  live(acts: readonly Act[]): void {
    for (const one of acts) this.#take(one);
  }

  merge(other: Life): void {
    this.#now = Math.max(this.#now, other.#now);
    const person = united(this.#person(), other.#person(), this.#now);
    this.row = mergeRows(this.row, other.row, () => false, this.#now).row;
    this.#records = person.records;
    for (const touch of [...other.#places.values()]) this.#places.set(touch.touchId, touch);
    const kept = new Set(person.recent.map(({ touchId }) => touchId));
    for (const touchId of this.#places.keys()) if (!kept.has(touchId)) this.#places.delete(touchId);
    for (const waiting of other.#waiting.values()) this.#waiting.set(waiting.touchId, waiting);
    this.#asked.push(...other.#asked);
    this.#left.push(...other.#left);
    for (const touchId of other.#ended) this.#ended.add(touchId);
    this.#name = 'both';
  }

  /** Answers with how many left. */
  expectTrue(): number {
    expectWithin(this.#policy, this.#left, zonesOf(this.#person()));
    // What left is in the row, at its fence instant; what is in the row and past its fence did leave.
    const fenced = this.row.recent.filter((t) => t.state !== 'reserved');
    expect(instants(fenced)).toEqual(instants(this.#left));
    for (const touchId of this.#ended) expect(fenced.find((t) => t.touchId === touchId)?.state).toBe('sent');
    return this.#left.length;
  }

  #person(): Person {
    return { records: this.#records, recent: [...this.#places.values()], waiting: [...this.#waiting.values()] };
  }

  #take({ kind, passes, which, channel: by, purpose: why, journey: from, gates, stopped }: Act): void {
    this.#now += passes * step;
    // Mostly one that has a place; now and then one that was refused, or has lost it.
    const ids = which % 5 === 0 ? this.#asked.map((r) => r.touchId) : this.row.recent.map((t) => t.touchId);
    const touchId = ids.at(-1 - (which % 3)) ?? 'nobody';
    if (kind === 'ask') {
      const touch = { touchId: `${this.#name}${String(this.#asked.length)}`, askedAt: this.#now };
      this.#asked.push(request({ ...touch, channel: by, purpose: why, journey: from, sendWithinMs: step }));
      this.#ask(this.#asked.at(-1));
    } else if (kind === 'ask again') {
      const waiting = this.row.waiting[which % Math.max(1, this.row.waiting.length)];
      this.#ask(this.#asked.find((r) => r.touchId === waiting?.touchId));
    } else if (kind === 'fence') this.#fence(touchId);
    else if (kind === 'expire') this.#expire();
    else if (kind === 'release' || kind === 'withdraw') this.#giveBack(kind, touchId);
    else if (kind === 'change') this.#change(gates);
    else if (kind === 'change back') this.#change(gatesWith());
    else if (kind === 'stop') this.#stopped = stopped;
    else this.#settle(touchId, kind);
  }

  #expire(): void {
    this.row = expire(this.row, this.#now);
    for (const { touchId, state, at } of this.#places.values())
      if (state === 'reserved' && at < this.#now) this.#places.delete(touchId);
  }

  #change(gates: Gates): void {
    this.#records = [gates];
    this.row = { ...this.row, gates };
  }

  #ask(asked: TouchRequest | undefined): void {
    if (!asked) return;
    const now = this.#now;
    const hasPlace = (t: RecentTouch): boolean => t.state !== 'reserved' || t.at >= now;
    const place = this.#places.get(asked.touchId);
    const person = this.#person();
    const present = { ...person, recent: person.recent.filter(hasPlace) };
    const expected = place && hasPlace(place) ? 'allowed' : oracle(present, asked, this.#policy, now, this.#stopped);
    const gates = underAreas(this.row.gates, this.#stopped.areaGuards);
    const { killed } = this.#stopped;
    const answer = reserve({ ...this.row, gates }, asked, readPolicy(this.#policy, 1), killed, now);
    this.row = { ...answer.row, gates: this.row.gates };
    const { decision } = answer;
    this.answers.push(said(decision, asked).split(' 2')[0] ?? '');
    if (expected === 'suppressed') expect(decision.decided).toBe('suppressed');
    else expect(said(decision, asked)).toBe(expected);
    if (decision.decided === 'allowed' && decision.already === undefined) this.#give(present, asked);
    if (decision.decided === 'deferred') this.#wait(asked, decision.until);
  }

  /** It may be sent for half an hour, and not over the end of a calendar period in which it counts. */
  #give(person: Person, asked: TouchRequest): void {
    const now = this.#now;
    const { touchId, channel: by, purpose: why, journey: from } = asked;
    const cost = isTurn(person, asked, now) ? 0 : costOf(this.#policy, by, 'tech');
    const asker: Asker = { ...asked, cost, own: true, keys: [], turn: false };
    const clocks = zonesOf(person).map(clockIn);
    const isCutShort = windowsOf(person, this.#policy, now).some(
      (w) =>
        w.in.startsWith('calendar') &&
        countsIn(w, asker, this.#policy, person) &&
        clocks.some(({ period }) => period(w.in, now) !== period(w.in, now + step)),
    );
    const place = { touchId, reservedAt: now, at: now + step - (isCutShort ? 1 : 0), cost };
    this.#expire();
    for (const { touchId: id, givesUpAt } of this.#waiting.values()) if (givesUpAt <= now) this.#waiting.delete(id);
    this.#places.set(touchId, { ...place, channel: by, purpose: why, journey: from, state: 'reserved' });
    this.#waiting.delete(touchId);
  }

  #wait(asked: TouchRequest, until: number): void {
    const { touchId, channel: by, purpose: why, journey: from, askedAt } = asked;
    const cost = costOf(this.#policy, by, 'tech');
    const giving = { until, givesUpAt: until + 3 * day };
    const waiting = { touchId, channel: by, purpose: why, journey: from, askedAt, cost, ...giving };
    this.#waiting.set(touchId, waiting);
    this.row = wait(this.row, waiting);
  }

  #fence(touchId: string): void {
    const now = this.#now;
    const place = this.#places.get(touchId);
    const may = place?.state === 'reserved' && place.at >= now;
    const fenced = fence(this.row, touchId, now);
    this.row = fenced.row;
    expect(fenced.fenced).toBe(may);
    if (!fenced.fenced || !place) return;
    const sending = { ...place, at: Math.max(now, place.reservedAt), state: 'sending' as const };
    this.#places.set(touchId, sending);
    this.#left.push({ ...sending, of: this.#name });
  }

  #settle(touchId: string, outcome: 'sent' | 'failed' | 'unknown'): void {
    const { row, settled } = settle(this.row, touchId, outcome);
    this.row = row;
    const place = this.#places.get(touchId);
    const isOpen = place?.state === 'sending' || (place?.state === 'unknown' && outcome !== 'unknown');
    expect(settled).toBe(isOpen || (place?.state === 'reserved' && outcome === 'failed'));
    if (!settled || !place) return;
    if (outcome === 'sent') this.#ended.add(touchId);
    if (outcome !== 'failed') {
      this.#places.set(touchId, { ...place, state: outcome });
      return;
    }
    this.#places.delete(touchId);
    const gone = this.#left.findIndex((t) => t.touchId === touchId);
    if (gone >= 0) this.#left.splice(gone, 1);
  }

  #giveBack(kind: 'release' | 'withdraw', touchId: string): void {
    this.row = kind === 'release' ? release(this.row, touchId) : leave(this.row, touchId);
    this.#waiting.delete(touchId);
    if (kind === 'release' && this.#places.get(touchId)?.state === 'reserved') this.#places.delete(touchId);
  }
}

const instants = (all: readonly RecentTouch[]): ReadonlyMap<string, number> =>
  new Map(all.map((t) => [t.touchId, t.at]));
