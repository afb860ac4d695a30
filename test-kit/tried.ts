/** A script of a try: what happens to one customer, and what is expected to come of it. Reads from top to bottom, as a story. */
import type { GateName } from '../core/budget/types.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Scalar } from '../core/journey/table.ts';
import {
  act,
  readAfter,
  readWhen,
  sampleData,
  sayWait,
  shortInstant,
  windowsNow,
  zoneOf,
  type Act,
  type Setting,
  type Sim,
  type SimTask,
  type SimTouch,
} from '../core/simulate/simulate.ts';
import { eventFields } from '../core/journey/known-names.ts';
import { simOf, type Who } from './who.ts';
import { Untrue } from './untrue.ts';

export interface TouchExpected {
  readonly by?: Channel;
  /** In its text or its subject. */
  readonly saying?: string | RegExp;
  /** 'Mon 09:00', on the customer's clock. */
  readonly at?: string;
}

export class Tried {
  readonly #setting: Setting;
  #sim: Sim;
  #hasBegun = false;
  /** Touches that an expectation has spoken of: the next one speaks of the next. */
  readonly #told = new Set<string>();

  constructor(setting: Setting, who?: Who) {
    this.#setting = setting;
    this.#sim = simOf(setting.journey, setting.words, who);
  }

  /** Where the customer stands: everything there is to know, as plain data. */
  get state(): Sim {
    return this.#sim;
  }

  // ── what happens ──────────────────────────────────────────────────────────

  as(who: Who): this {
    if (this.#hasBegun) throw new Error('Say who it is before anything happens: test(journey).as({ … }).on(…)');
    const { now } = this.#sim;
    this.#sim = { ...simOf(this.#setting.journey, this.#setting.words, who), now };
    return this;
  }

  /** Time goes on until then on the customer's clock: 'Fri 16:55', '16:55', '2026-03-06 16:55'. The first one says when it begins. */
  on(when: string): this {
    const at = readWhen(when, this.#zone, this.#hasBegun || !/^\d{4}/.test(when) ? this.#sim.now : 0);
    if (at === null)
      throw new Error(`on('${when}') is no instant. It reads like 'Fri 16:55', '16:55' or '2026-03-06 16:55'.`);
    if (this.#hasBegun) return this.#act({ do: 'until', at });
    this.#sim = { ...this.#sim, now: at };
    return this;
  }

  /** So much time goes by: '2 days', '4 business hours', 'next 09:00'. */
  after(span: string): this {
    const at = readAfter(this.#setting, this.#sim, span);
    if (at === null)
      throw new Error(`after('${span}') is no time. It reads like '2 days', '1 business day' or 'next 09:00'.`);
    return this.#act({ do: 'until', at });
  }

  /** An event; what its words ask for and `data` does not say is made up. */
  hears(event: string, data: Readonly<Record<string, Scalar>> = {}): this {
    const fields = eventFields(this.#setting.words);
    const whole = Object.hasOwn(fields, event) ? sampleData(fields[event] ?? {}, data, this.#sim.now) : data;
    return this.#act({ do: 'event', event, data: whole });
  }
  /** Of a journey that is entered by a date or as part of an audience. */
  enters(): this {
    return this.#act({ do: 'enter' });
  }
  replies(channel?: Channel): this {
    return this.#act({ do: 'reply', ...(channel === undefined ? {} : { channel }) });
  }
  /** Nobody says anything until the wait at hand is over. */
  silence(): this {
    return this.#act({ do: 'silence' });
  }
  /** On to the next instant at which anything happens by itself. */
  next(): this {
    return this.#act({ do: 'next' });
  }
  personTakes(): this {
    return this.#act({ do: 'claim' });
  }
  personAnswers(): this {
    return this.#act({ do: 'answer' });
  }
  personDecides(outcome: string): this {
    return this.#act({ do: 'decide', outcome });
  }
  /** What another system answers when it is asked; said ahead. */
  given(system: string, answer: string): this {
    return this.#act({ do: 'systems', system, answer });
  }
  /** What the system that was just asked answers. */
  systemAnswers(answer: string): this {
    return this.#act({ do: 'system', answer });
  }
  conversationEnds(outcome: string): this {
    return this.#act({ do: 'conversation', outcome });
  }
  under(guard: string): this {
    return this.#act({ do: 'guard', fact: guard });
  }
  noLongerUnder(guard: string): this {
    return this.#act({ do: 'lift', fact: guard });
  }
  movesTo(zone: string | null): this {
    return this.#act({ do: 'zone', zone });
  }
  known(fields: Readonly<Record<string, Scalar>>): this {
    return this.#act({ do: 'fields', fields });
  }
  declines(purpose: string, channel: Channel): this {
    return this.#act({ do: 'consent', purpose, channel, granted: false });
  }
  consents(purpose: string, channel: Channel): this {
    return this.#act({ do: 'consent', purpose, channel, granted: true });
  }
  saysStop(channel: Channel | 'all' = 'all'): this {
    return this.#act({ do: 'stop', channel });
  }
  /** Another journey touches them, and takes its part of the budget. */
  touchedElsewhere(purpose: string, channel: Channel): this {
    return this.#act({ do: 'spend', purpose, channel });
  }
  /** What becomes of the next message that is handed over. */
  nextMessage(is: 'sent' | 'failed' | 'unknown'): this {
    return this.#act({ do: 'provider', next: is });
  }
  killed(scope: 'all' | `journey:${string}` | `channel:${string}` = 'all'): this {
    return this.#act({ do: 'kill', scope });
  }
  cancelled(): this {
    return this.#act({ do: 'cancel' });
  }

  // ── what is expected ──────────────────────────────────────────────────────

  /** The next message that went out, in the order in which they did. */
  expectTouch(say: string, { by, saying, at }: TouchExpected = {}): this {
    const expected = `a touch '${say}'${by === undefined ? '' : ` by ${by}`}${saying === undefined ? '' : ` saying ${String(saying)}`}${at === undefined ? '' : ` at ${at}`}`;
    const touch = this.#sent()[0];
    if (!touch) return this.#fail(expected, this.#whyNothing());
    const text = `${touch.message?.subject ?? ''}\n${touch.message?.text ?? ''}`;
    const fits =
      touch.say === say &&
      (by === undefined || touch.channel === by) &&
      (saying === undefined || (typeof saying === 'string' ? text.includes(saying) : saying.test(text))) &&
      (at === undefined || readWhen(at, this.#zone, touch.at) === touch.at);
    if (!fits)
      return this.#fail(
        expected,
        `the next touch is '${touch.say}' by ${String(touch.channel)} at ${this.#when(touch.at)}${saying === undefined ? '' : `, and says: ${text.trim()}`}`,
      );
    this.#told.add(touch.id);
    return this;
  }
  /** None went out that no expectation has spoken of. */
  expectNoTouch(): this {
    const touch = this.#sent()[0];
    return touch
      ? this.#fail('no touch', `'${touch.say}' went out by ${String(touch.channel)} at ${this.#when(touch.at)}`)
      : this;
  }
  /** It may not go out now and waits, for that gate if one is named. */
  expectWaiting(say: string, gate?: GateName): this {
    const touch = this.#touch(say, 'waits');
    const expected = `'${say}' waits${gate === undefined ? '' : ` for ${gate}`}`;
    if (!touch) return this.#fail(expected, this.#stateOf(say));
    return this.#gateIs(touch, gate, expected);
  }
  /** It did not go out, and is given up or given to a person; by that gate if one is named. */
  expectStopped(say: string, gate?: GateName): this {
    const touch = this.#touch(say, 'dropped') ?? this.#touch(say, 'with a person');
    const expected = `'${say}' is stopped${gate === undefined ? '' : ` by ${gate}`}`;
    if (!touch) return this.#fail(expected, this.#stateOf(say));
    return this.#gateIs(touch, gate, expected);
  }
  /** A person of this team is asked now. */
  expectPerson(team: string, because?: string | RegExp): this {
    const open = this.#sim.tasks.filter(({ state }) => state !== 'done');
    const expected = `a person of ${team} is asked${because === undefined ? '' : `: ${String(because)}`}`;
    const fits = open.some(
      (task) =>
        [task.team, task.askedTeam].includes(team) &&
        task.reasons.some((r) => because === undefined || matches(r.because, because)),
    );
    return fits
      ? this
      : this.#fail(expected, open.length === 0 ? `nobody is asked. ${this.#waits()}` : open.map(sayTask).join('; '));
  }
  /** Nobody of ours has the customer. */
  expectNobodyAsked(): this {
    const open = this.#sim.tasks.filter(({ state }) => state !== 'done');
    return open.length === 0 ? this : this.#fail('nobody is asked', open.map(sayTask).join('; '));
  }
  /** The run waits at this step. */
  expectAt(step: string): this {
    const { run } = this.#sim;
    const isThere = run !== null && run.ended === null && run.step === step;
    return isThere ? this : this.#fail(`the run waits at '${step}'`, this.#waits());
  }
  /** The run has ended, and this came of it. */
  expectOver(as?: string): this {
    const ended = this.#sim.run?.ended;
    const isOver = ended !== null && ended !== undefined && (as === undefined || ended.as === as);
    return isOver ? this : this.#fail(`the run is over${as === undefined ? '' : `: ${as}`}`, this.#waits());
  }
  /** The promise of this step; `due` on the customer's clock. */
  expectPromise(step: string, is: 'open' | 'kept' | 'broken', due?: string): this {
    const promise = this.#sim.promises.findLast((p) => p.step === step);
    const expected = `the promise '${step}' is ${is}${due === undefined ? '' : `, due ${due}`}`;
    if (!promise) return this.#fail(expected, 'nothing of that name was promised');
    const isDue = due === undefined || readWhen(due, this.#zone, promise.dueAt) === promise.dueAt;
    if (promise.state === is && isDue) return this;
    return this.#fail(expected, `it is ${promise.state}, due ${this.#when(promise.dueAt)}`);
  }
  /** What of a window of the policy is used now. */
  expectUsed(window: string, used: number): this {
    const windows = windowsNow(this.#setting, this.#sim);
    const now = windows.find((w) => w.window === window);
    if (!now)
      throw new Error(`The policy has no window '${window}'. It has: ${windows.map((w) => w.window).join(', ')}.`);
    return now.used === used ? this : this.#fail(`${used} of '${window}' is used`, `${now.used} of ${now.atMost} is`);
  }

  // ── within ────────────────────────────────────────────────────────────────

  get #zone(): string {
    return zoneOf(this.#setting, this.#sim);
  }
  #when(at: number): string {
    return shortInstant(at, this.#zone);
  }
  #act(what: Act): this {
    const acted = act(this.#setting, this.#sim, what);
    if (!acted.ok) return this.#fail(`'${what.do}' can happen`, acted.problem.replace(/\.$/, ''));
    this.#hasBegun = true;
    this.#sim = acted.sim;
    return this;
  }
  #sent(): readonly SimTouch[] {
    return this.#sim.touches
      .filter(({ id, state }) => (state === 'sent' || state === 'unknown') && !this.#told.has(id))
      .toSorted((a, b) => a.at - b.at);
  }
  #touch(say: string, state: SimTouch['state']): SimTouch | undefined {
    return this.#sim.touches.findLast((touch) => touch.say === say && touch.state === state);
  }
  #gateIs(touch: SimTouch, gate: GateName | undefined, expected: string): this {
    const last = touch.asks.at(-1);
    return gate === undefined || last?.explanation?.gate === gate
      ? this
      : this.#fail(expected, last?.says.replace(/\.$/, '') ?? 'it was not asked for');
  }
  #stateOf(say: string): string {
    const touch = this.#sim.touches.findLast((t) => t.say === say);
    if (!touch) return `nobody has asked for it. ${this.#waits()}`;
    return `it ${sayState(touch)}${touch.channel === null ? '' : ` by ${touch.channel}`}: ${touch.asks.at(-1)?.says.replace(/\.$/, '') ?? ''}`;
  }
  #whyNothing(): string {
    const stopped = this.#sim.touches.findLast(({ state }) => state !== 'sent' && state !== 'unknown');
    return stopped
      ? `nothing more went out; '${stopped.say}' ${sayState(stopped)}: ${stopped.asks.at(-1)?.says.replace(/\.$/, '') ?? ''}`
      : `nothing more went out. ${this.#waits()}`;
  }
  #waits(): string {
    return sayWait({ ...this.#sim, setting: this.#setting }).replace(/\.$/, '');
  }
  #fail(expected: string, instead: string): never {
    const untrue = new Untrue(expected, instead, this.#sim);
    // The line that is looked for is the one in the test.
    const lines = (untrue.stack ?? '').split('\n').filter((line) => !/^\s+at Tried\./.test(line));
    untrue.stack = lines.join('\n');
    throw untrue;
  }
}

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
const sayState = ({ state }: SimTouch): string => (state === 'waits' ? state : `is ${state}`);
const sayTask = (task: SimTask): string =>
  `${task.askedTeam} is asked: ${task.reasons.map(({ because }) => `“${because}”`).join(', ')}`;
