/**
 * A run and its database, in which everything takes as long as it likes: commits, words of them, commands, answers. All orders are
 * walked through, not some. The database does what the store promises: it fences by numbers, routes replies to open tasks, and
 * remembers what was closed or withdrawn before it was done.
 */
import type { Journey } from '../../../core/journey/table.ts';
import { advance, startRun } from '../../../core/run/advance.ts';
import type { Command } from '../../../core/run/commands.ts';
import type { Answer, DeliveryBody, Input } from '../../../core/run/inputs.ts';
import type { RunState } from '../../../core/run/state.ts';
import { frozen, goodAnswer, hour, monday } from './drive.ts';

export interface World {
  readonly state: RunState;
  readonly now: number;
  /** Asked for, and not done yet. */
  readonly asked: readonly Command[];
  /** Done, and not known to the run yet. */
  readonly answers: readonly Input[];
  /** Numbered for this run; those after `state.heard` have not reached it. */
  readonly deliveries: readonly DeliveryBody[];
  /** What customers and others will still do, in this order. */
  readonly upcoming: readonly string[];
  /** Reasons of tasks: 'open', 'done', or closed before or after they were opened. */
  readonly reasons: Readonly<Record<string, 'open' | 'done' | 'closed'>>;
  readonly everOpened: boolean;
  /** One of them by an escalation, and not by a touch that a person makes. */
  readonly escalated: boolean;
  readonly withdrawn: readonly string[];
  readonly isOver: boolean;
  /** What was given to somebody else because the run ended. */
  readonly handedOver: readonly string[];
}

/** Calls `settled` for every world in which nothing is left to happen; tells how many worlds there were. */
export function inAllOrders(journey: Journey, upcoming: readonly string[], settled: (world: World) => void): number {
  const { state, commands } = startRun(
    journey,
    { run: 'R', customer: 'ana', event: { name: 'inquiry-received', data: {} } },
    monday,
  );
  const first: World = {
    ...{ state, now: monday, asked: commands, answers: [], deliveries: [], upcoming, reasons: {}, everOpened: false },
    escalated: false,
    ...{ withdrawn: [], isOver: false, handedOver: [] },
  };
  const known = new Set<string>();
  const waiting = [first];
  for (let world = waiting.pop(); world; world = waiting.pop()) {
    const key = JSON.stringify(world);
    if (known.has(key)) continue;
    known.add(key);
    const next = whatCanHappen(journey, frozen(world));
    if (next.length === 0) settled(world);
    waiting.push(...next);
  }
  return known.size;
}

function whatCanHappen(journey: Journey, world: World): World[] {
  const { state, asked, answers, deliveries, upcoming, reasons } = world;
  const take = (input: Input, w: World = world): World => {
    const next = advance(journey, w.state, input, w.now);
    return { ...w, state: next.state, asked: [...w.asked, ...next.commands] };
  };
  const [arrives, body] = [upcoming[0], deliveries[state.heard]];
  const { wait } = state;
  const open = Object.keys(reasons).filter((of) => reasons[of] === 'open');
  return [
    ...(arrives === undefined ? [] : [commit({ ...world, upcoming: upcoming.slice(1) }, arrives)]),
    ...(body && !state.ended
      ? [take({ kind: 'delivery', delivery: { number: state.heard + 1, at: world.now, body } })]
      : []),
    ...(!state.ended && 'until' in wait && wait.until !== null
      ? [take({ kind: 'due', wait: wait.id }, { ...world, now: Math.max(world.now, wait.until) })]
      : []),
    ...answers.map((answer) => take(answer, { ...world, answers: answers.filter((other) => other !== answer) })),
    ...asked.flatMap((command) => done({ ...world, asked: asked.filter((other) => other !== command) }, command)),
    ...(world.isOver
      ? []
      : open.map((of) => ({
          ...world,
          reasons: { ...reasons, [of]: 'done' as const },
          deliveries: [...deliveries, { kind: 'outcome' as const, of, outcome: 'answered' }],
        }))),
  ];
}

/** One transaction: numbered for the run, given to an open task, or to somebody else if the run is over. */
function commit(world: World, event: string): World {
  if (world.isOver) return { ...world, handedOver: [...world.handedOver, event] };
  const id = `${event}#${world.deliveries.length + 1}`;
  const isTheirs = event === 'other' || (event === 'customer-replied' && Object.values(world.reasons).includes('open'));
  const body: DeliveryBody = isTheirs
    ? { kind: 'event', event: 'customer-replied', id, data: {}, unattributed: true }
    : { kind: 'event', event, id, data: {} };
  return { ...world, deliveries: [...world.deliveries, body] };
}

/** What may come of a command, each with the answer on its way. */
function done(world: World, command: Command): World[] {
  const { deliveries, reasons, withdrawn } = world;
  const answered = (answer: Answer, changes: Partial<World> = {}): World => ({
    ...world,
    ...changes,
    answers: 'id' in command ? [...world.answers, { kind: 'answer', to: command.id, answer }] : world.answers,
  });
  const fenced = 'seen' in command && command.seen !== null && deliveries.length > command.seen;
  const overtaken = answered({ is: 'overtaken', upTo: deliveries.length });
  const opened = (of: string): Partial<World> =>
    reasons[of] ? {} : { reasons: { ...reasons, [of]: 'open' }, everOpened: true };
  switch (command.do) {
    case 'open-task':
      return fenced
        ? [overtaken]
        : [answered({ is: 'opened' }, { ...opened(command.of), escalated: world.escalated || !reasons[command.of] })];
    case 'touch': {
      const { id, ask } = command.touch;
      if (withdrawn.includes(id)) return [answered({ is: 'withdrawn' })];
      if (fenced) return [overtaken];
      return [
        answered({ is: 'sent', channel: 'sms' }),
        answered({ is: 'dropped', because: 'consent' }),
        answered({ is: 'with-person' }, opened(id)),
        ...(ask > 1 ? [] : [answered({ is: 'failed', channel: 'sms' })]),
        ...(ask > 1 ? [] : [answered({ is: 'deferred', until: world.now + hour, because: 'budget', fate: 'drop' })]),
      ];
    }
    case 'end': {
      if (fenced) return [overtaken];
      const unheard = deliveries.slice(command.heard).flatMap((body) => (body.kind === 'event' ? [body] : []));
      const left = [...command.untaken, ...unheard.filter((body) => !body.unattributed).map(({ id }) => id)];
      return [answered({ is: 'ended' }, { isOver: true, handedOver: left.map((id) => id.slice(0, id.indexOf('#'))) })];
    }
    case 'withdraw':
      return [{ ...world, ...closed(reasons, command.touch), withdrawn: [...withdrawn, command.touch] }];
    case 'close-reason':
      return [{ ...world, ...closed(reasons, command.of) }];
    case 'promise':
    case 'remind':
    case 'split':
      return [world];
    default:
      return [answered(goodAnswer(command))];
  }
}
const closed = (reasons: World['reasons'], of: string): Partial<World> => ({ reasons: { ...reasons, [of]: 'closed' } });
