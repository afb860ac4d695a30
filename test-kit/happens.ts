/** What happens to one customer in a try, as a script says it. */
import { eventFields } from '../core/journey/known-names.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Scalar } from '../core/journey/table.ts';
import {
  act,
  readAfter,
  readWhen,
  sampleData,
  zoneOf,
  type Act,
  type Setting,
  type Sim,
} from '../core/simulate/simulate.ts';
import { Untrue } from './untrue.ts';
import { simOf, type Who } from './who.ts';

export abstract class Happens {
  protected readonly setting: Setting;
  protected sim: Sim;
  #hasBegun = false;

  constructor(setting: Setting, who?: Who) {
    this.setting = setting;
    this.sim = simOf(setting.journey, setting.words, who);
  }

  /** Where the customer stands: everything there is to know, as plain data. */
  get state(): Sim {
    return this.sim;
  }

  as(who: Who): this {
    if (this.#hasBegun) throw new Error('Say who it is before anything happens: test(journey).as({ … }).on(…)');
    const { now } = this.sim;
    this.sim = { ...simOf(this.setting.journey, this.setting.words, who), now };
    return this;
  }

  /** Time goes on until then on the customer's clock: 'Fri 16:55', '16:55', '2026-03-06 16:55'. The first one says when it begins. */
  on(when: string): this {
    const at = readWhen(when, this.zone, this.#hasBegun || !/^\d{4}/.test(when) ? this.sim.now : 0);
    if (at === null)
      throw new Error(`on('${when}') is no instant. It reads like 'Fri 16:55', '16:55' or '2026-03-06 16:55'.`);
    if (this.#hasBegun) return this.#act({ do: 'until', at });
    this.sim = { ...this.sim, now: at };
    return this;
  }

  /** So much time goes by: '2 days', '4 business hours', 'next 09:00'. */
  after(span: string): this {
    const at = readAfter(this.setting, this.sim, span);
    if (at === null)
      throw new Error(`after('${span}') is no time. It reads like '2 days', '1 business day' or 'next 09:00'.`);
    return this.#act({ do: 'until', at });
  }

  /** An event; what its words ask for and `data` does not say is made up. */
  hears(event: string, data: Readonly<Record<string, Scalar>> = {}): this {
    const fields = eventFields(this.setting.words);
    const whole = Object.hasOwn(fields, event) ? sampleData(fields[event] ?? {}, data, this.sim.now) : data;
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
  /** Somebody looked at the customer's situation, and it is as a text assumes: 'home-is-fine'. */
  checked(assumption: string): this {
    return this.#act({ do: 'checked', assumption });
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

  #act(what: Act): this {
    const acted = act(this.setting, this.sim, what);
    if (!acted.ok) return this.fail(`'${what.do}' can happen`, acted.problem.replace(/\.$/, ''));
    this.#hasBegun = true;
    this.sim = acted.sim;
    return this;
  }

  protected get zone(): string {
    return zoneOf(this.setting, this.sim);
  }

  protected fail(expected: string, instead: string): never {
    const untrue = new Untrue(expected, instead, this.sim);
    // The line that is looked for is the one in the test.
    const lines = (untrue.stack ?? '').split('\n').filter((line) => !/^\s+at Tried\./.test(line));
    untrue.stack = lines.join('\n');
    throw untrue;
  }
}
