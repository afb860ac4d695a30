/** A script of a try: what happens to one customer, and what is expected to come of it. Reads from top to bottom, as a story. */
import type { GateName } from '../core/budget/decision.ts';
import type { Channel } from '../core/journey/channels.ts';
import { readWhen, shortInstant, windowsNow, type SimTouch } from '../core/simulate/simulate.ts';
import { Happens } from './happens.ts';
import { sayTask, sayTouch, sayWaits, whyNothing } from './instead.ts';

export interface TouchExpected {
  readonly by?: Channel;
  /** In its text or its subject. */
  readonly saying?: string | RegExp;
  /** 'Mon 09:00', on the customer's clock. */
  readonly at?: string;
}

export class Tried extends Happens {
  /** Touches that an expectation has spoken of: the next one speaks of the next. */
  readonly #told = new Set<string>();

  /** The next message that went out, in the order in which they did. */
  expectTouch(say: string, { by, saying, at }: TouchExpected = {}): this {
    const expected = `a touch '${say}'${by === undefined ? '' : ` by ${by}`}${saying === undefined ? '' : ` saying ${String(saying)}`}${at === undefined ? '' : ` at ${at}`}`;
    const touch = this.#sent()[0];
    if (!touch) return this.fail(expected, whyNothing(this.setting, this.sim));
    const text = `${touch.message?.subject ?? ''}\n${touch.message?.text ?? ''}`;
    const fits =
      touch.say === say &&
      (by === undefined || touch.channel === by) &&
      (saying === undefined || (typeof saying === 'string' ? text.includes(saying) : saying.test(text))) &&
      (at === undefined || readWhen(at, this.zone, touch.at) === touch.at);
    if (!fits)
      return this.fail(
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
      ? this.fail('no touch', `'${touch.say}' went out by ${String(touch.channel)} at ${this.#when(touch.at)}`)
      : this;
  }
  /** It may not go out now and waits, for that gate if one is named. */
  expectWaiting(say: string, gate?: GateName): this {
    const touch = this.#touch(say, 'waits');
    const expected = `'${say}' waits${gate === undefined ? '' : ` for ${gate}`}`;
    if (!touch) return this.fail(expected, sayTouch(this.setting, this.sim, say));
    return this.#gateIs(touch, gate, expected);
  }
  /** It did not go out, and is given up or given to a person; by that gate if one is named. */
  expectStopped(say: string, gate?: GateName): this {
    const touch = this.#touch(say, 'dropped') ?? this.#touch(say, 'with a person');
    const expected = `'${say}' is stopped${gate === undefined ? '' : ` by ${gate}`}`;
    if (!touch) return this.fail(expected, sayTouch(this.setting, this.sim, say));
    return this.#gateIs(touch, gate, expected);
  }
  /** A person of this team is asked now. */
  expectPerson(team: string, because?: string | RegExp): this {
    const open = this.sim.tasks.filter(({ state }) => state !== 'done');
    const expected = `a person of ${team} is asked${because === undefined ? '' : `: ${String(because)}`}`;
    const fits = open.some(
      (task) =>
        [task.team, task.askedTeam].includes(team) &&
        task.reasons.some((r) => because === undefined || matches(r.because, because)),
    );
    return fits
      ? this
      : this.fail(
          expected,
          open.length === 0 ? `nobody is asked. ${sayWaits(this.setting, this.sim)}` : open.map(sayTask).join('; '),
        );
  }
  /** Nobody of ours has the customer. */
  expectNobodyAsked(): this {
    const open = this.sim.tasks.filter(({ state }) => state !== 'done');
    return open.length === 0 ? this : this.fail('nobody is asked', open.map(sayTask).join('; '));
  }
  /** The run waits at this step. */
  expectAt(step: string): this {
    const { run } = this.sim;
    const isThere = run !== null && run.ended === null && run.step === step;
    return isThere ? this : this.fail(`the run waits at '${step}'`, sayWaits(this.setting, this.sim));
  }
  /** The run has ended, and this came of it. */
  expectOver(as?: string): this {
    const ended = this.sim.run?.ended;
    const isOver = ended !== null && ended !== undefined && (as === undefined || ended.as === as);
    return isOver
      ? this
      : this.fail(`the run is over${as === undefined ? '' : `: ${as}`}`, sayWaits(this.setting, this.sim));
  }
  /** The promise of this step; `due` on the customer's clock. */
  expectPromise(step: string, is: 'open' | 'kept' | 'broken', due?: string): this {
    const promise = this.sim.promises.findLast((p) => p.step === step);
    const expected = `the promise '${step}' is ${is}${due === undefined ? '' : `, due ${due}`}`;
    if (!promise) return this.fail(expected, 'nothing of that name was promised');
    const isDue = due === undefined || readWhen(due, this.zone, promise.dueAt) === promise.dueAt;
    if (promise.state === is && isDue) return this;
    return this.fail(expected, `it is ${promise.state}, due ${this.#when(promise.dueAt)}`);
  }
  /** What of a window of the policy is used now. */
  expectUsed(window: string, used: number): this {
    const windows = windowsNow(this.setting, this.sim);
    const now = windows.find((w) => w.window === window);
    if (!now)
      throw new Error(`The policy has no window '${window}'. It has: ${windows.map((w) => w.window).join(', ')}.`);
    return now.used === used ? this : this.fail(`${used} of '${window}' is used`, `${now.used} of ${now.atMost} is`);
  }

  #when(at: number): string {
    return shortInstant(at, this.zone);
  }
  #sent(): readonly SimTouch[] {
    return this.sim.touches
      .filter(({ id, state }) => (state === 'sent' || state === 'unknown') && !this.#told.has(id))
      .toSorted((a, b) => a.at - b.at);
  }
  #touch(say: string, state: SimTouch['state']): SimTouch | undefined {
    return this.sim.touches.findLast((touch) => touch.say === say && touch.state === state);
  }
  #gateIs(touch: SimTouch, gate: GateName | undefined, expected: string): this {
    const last = touch.asks.at(-1);
    return gate === undefined || last?.explanation?.gate === gate
      ? this
      : this.fail(expected, last?.says.replace(/\.$/, '') ?? 'it was not asked for');
  }
}

const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
