/** Drives a run as the interpreter does: pushes inputs, remembers what was asked, and answers it when a test says so. */
import { plainMs, readMoment } from '../../../core/journey/phrases.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { advance, startRun } from '../../../core/run/advance.ts';
import type { Advanced, Command } from '../../../core/run/commands.ts';
import type { Answer, DeliveryBody, Input, Scalar } from '../../../core/run/inputs.ts';
import type { RunState } from '../../../core/run/state.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
export const monday = Date.parse('2026-03-02T10:00:00Z');

type Data = Readonly<Record<string, Scalar>>;
/** Commands that are answered. */
export type Asked = Exclude<Extract<Command, { id: string }>, { do: 'promise' | 'remind' | 'split' }>;

/** Nothing in it can be changed: whatever writes to a state it was given throws. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** The instant of a moment that hangs on an event's field; business time is taken as plain hours here. */
export function momentOf({ said, from, facts }: Extract<Command, { do: 'find-moment' }>): number {
  const moment = readMoment(said);
  if (moment && 'field' in moment) {
    const [root = '', field = ''] = moment.field.split('.');
    const at = Date.parse(String(facts[root]?.[field] ?? ''));
    const by = moment.by ? (plainMs(moment.by) ?? 0) : 0;
    return Number.isNaN(at) ? from : moment.side === 'before' ? at - by : at + by;
  }
  return moment && 'in' in moment ? from + moment.in.count * (moment.in.unit === 'day' ? day : hour) : from + day;
}

/** What happens when nothing goes wrong. */
export function goodAnswer(command: Asked): Answer {
  switch (command.do) {
    case 'touch':
      return { is: 'sent', channel: 'sms' };
    case 'find-moment':
      return { is: 'moment', at: momentOf(command) };
    case 'find-arm':
      return { is: 'arm', arm: command.arms[0] ?? 'unknown' };
    case 'open-task':
      return { is: 'opened' };
    case 'end':
      return { is: 'ended' };
    case 'converse':
      return { is: 'opened' };
    case 'look-up':
      return { is: 'arm', arm: 'unsure' };
    case 'act':
      return { is: 'arm', arm: 'done' };
  }
}

export function begin(journey: Journey, data: Data = { inquiryId: 'i1', urgent: false }) {
  let { state, commands } = frozen<Advanced>(
    startRun(
      journey,
      {
        run: 'R1',
        customer: 'ana',
        ...('event' in journey.entry ? { event: { name: journey.entry.event, data } } : {}),
      },
      monday,
    ),
  );
  const all = [...commands];
  const open = all.filter(isAsked);

  const story = {
    now: monday,
    get state(): RunState {
      return state;
    },
    /** Where it stands and what it waits for: 'visit: events'. */
    get at(): string {
      return state.ended ? `ended: ${state.ended.as}` : `${state.step}: ${state.wait.for}`;
    },
    /** Everything asked for so far, in short: 'touch confirmed', 'open-task R1/person/1'. */
    get asked(): readonly string[] {
      return all.map(inShort);
    },
    /** The newest command of a kind. */
    newest<D extends Command['do']>(kind: D): Extract<Command, { do: D }> {
      const found = all.findLast((command) => command.do === kind);
      if (!found) throw new Error(`No '${kind}' was asked for: ${story.asked.join(', ')}`);
      return found as Extract<Command, { do: D }>;
    },
    /** Asked and not answered. */
    open,
    /** Takes an input, and tells in short what was asked for then. */
    take(input: Input): readonly string[] {
      ({ state, commands } = frozen(advance(journey, state, frozen(input), story.now)));
      all.push(...commands);
      open.push(...commands.filter(isAsked));
      return commands.map(inShort);
    },
    delivered: (body: DeliveryBody) =>
      story.take({ kind: 'delivery', delivery: { number: state.heard + 1, at: story.now, body } }),
    hears: (event: string, data: Data = {}) =>
      story.delivered({ kind: 'event', event, id: `${event}#${state.heard + 1}`, data }),
    hearsOfOthers: () =>
      story.delivered({ kind: 'event', event: 'customer-replied', id: 'other', data: {}, unattributed: true }),
    decided: (outcome: string, of = story.newest('open-task').of) => story.delivered({ kind: 'outcome', of, outcome }),
    /** Answers what was asked last of those still open, or a given one. */
    answers(answer: Answer, to = open.at(-1)): readonly string[] {
      if (!to) throw new Error('Nothing was asked');
      if (open.includes(to)) open.splice(open.indexOf(to), 1);
      return story.take({ kind: 'answer', to: to.id, answer });
    },
    /** All goes well until the run waits for something outside. */
    goesWell() {
      for (let next = open[0]; next; next = open[0]) story.answers(goodAnswer(next), next);
      return story;
    },
    passes(ms: number) {
      story.now += ms;
      return story;
    },
    /** The moment of the wait comes. */
    timeComes(): readonly string[] {
      const { wait } = state;
      if (!('until' in wait) || wait.until === null) throw new Error(`It waits for no moment: ${story.at}`);
      story.now = Math.max(story.now, wait.until);
      return story.take({ kind: 'due', wait: wait.id });
    },
  };
  return story;
}
export type Story = ReturnType<typeof begin>;

export const isAsked = (command: Command): command is Asked =>
  'id' in command && command.do !== 'promise' && command.do !== 'remind' && command.do !== 'split';

function inShort(command: Command): string {
  switch (command.do) {
    case 'withdraw':
      return `withdraw ${command.touch}`;
    case 'close-reason':
      return `close ${command.of}`;
    case 'open-task':
      return `open ${command.of}`;
    case 'touch':
    case 'converse':
      return `${command.do} ${command.touch.id} ask ${command.touch.ask}`;
    case 'split':
      return `split ${command.step} → ${command.arm}`;
    case 'end':
      return `end ${command.as}`;
    default:
      return `${command.do} ${command.step}`;
  }
}
