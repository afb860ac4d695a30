/** Takes one customer of a broadcast through its touch, by the reducer and by the very activities that a run of their own would use. */
import { createHash } from 'node:crypto';
import { advance, startRun } from '../../core/run/advance.ts';
import type { Advanced, Command } from '../../core/run/commands.ts';
import type { Answer } from '../../core/run/inputs.ts';
import type { RunState } from '../../core/run/state.ts';
import type { TouchStep } from '../../core/journey/table-steps.ts';
import type { Customer } from '../../store/customers.ts';
import type { Broadcast } from '../../store/broadcasts/row.ts';
import { isOfDatabase } from '../../store/unreachable.ts';
import { compose } from '../compose.ts';
import type { Deps } from '../deps.ts';
import type { Published } from '../published-with.ts';
import { reserveStep } from '../reserve-touch.ts';
import type { Who } from '../run-of.ts';
import { sendComposed, tries } from '../send-touch.ts';
import type { Gate } from './gate.ts';
import type { createRecorder } from './recorder.ts';
import { isSwitchedOff } from './switched-off.ts';

/** What holds for all of them. */
export interface Sender {
  readonly deps: Deps;
  readonly broadcast: Broadcast;
  readonly journey: Who['journey'];
  readonly published: Published & { readonly templates: Who['templates'] };
  /** This attempt's, for the fence. */
  readonly attempt: string;
  readonly gate: Gate;
  readonly record: ReturnType<typeof createRecorder>;
}

export type MemberDone =
  /** What came of them, as it is counted. */
  | { readonly is: 'done'; readonly as: string }
  | { readonly is: 'waits'; readonly touchId: string; readonly state: RunState; readonly dueAt: number }
  /** Stopped before the message was on its way: it has its place, and no more. */
  | { readonly is: 'stopped'; readonly touchId: string };

type Touch = Extract<Command, { do: 'touch' }>;

/** In place of an enrolment's id. A customer's own id may tell who they are, and touches are named in messages. */
export const memberOf = (broadcast: string, customerId: string): string =>
  `${broadcast}.${createHash('sha256').update(customerId).digest('base64url').slice(0, 16)}`;
export const touchIdOf = (broadcast: string, customerId: string, step: string): string =>
  `${memberOf(broadcast, customerId)}/${step}/1`;

/** From the beginning, or from where they waited. The same again finds the answers it got, and sends nothing twice. */
async function take(sender: Sender, customer: Customer, from: RunState | null): Promise<MemberDone> {
  const { deps, journey, broadcast } = sender;
  const now = (): number => deps.clock.now();
  const run = memberOf(broadcast.id, customer.id);
  let at: Advanced = from ? goOn(journey, from, now()) : startRun(journey, { run, customer: customer.id }, now());
  let last: Answer | null = null;
  for (;;) {
    const command = at.commands.find((c): c is Touch => c.do === 'touch');
    if (command) {
      const answer = await touch(sender, customer, command);
      if (answer === 'stopped') return { is: 'stopped', touchId: command.touch.id };
      last = answer;
      at = advance(journey, at.state, { kind: 'answer', to: command.id, answer }, now());
      continue;
    }
    const { wait } = at.state;
    if (wait.for !== 'place') return { is: 'done', as: told(last) };
    const isKilled = last?.is === 'deferred' && last.because === killed;
    if (isKilled || wait.until > now())
      return { is: 'waits', touchId: wait.touch.id, state: at.state, dueAt: wait.until };
    at = goOn(journey, at.state, now());
  }
}

/**
 * One whose record breaks us must not stop all others: if asking twice does not help, and it is not the database that fails, they are
 * counted and told of in the log.
 */
export async function takeOrTell(sender: Sender, customer: Customer, from: RunState | null): Promise<MemberDone> {
  const { deps, broadcast } = sender;
  try {
    return await take(sender, customer, from);
  } catch {
    try {
      // Another attempt to the fence: what the first one sent is not sent again.
      return await take({ ...sender, attempt: `${sender.attempt}/again` }, customer, from);
    } catch (error) {
      // Nobody's own fault: the page is taken again later.
      if (isOfDatabase(error)) throw error;
      const member = memberOf(broadcast.id, customer.id);
      deps.log.error({ err: error, member }, 'a customer of a broadcast could not be taken through it');
      return { is: 'done', as: 'error' };
    }
  }
}

function goOn(journey: Who['journey'], state: RunState, now: number): Advanced {
  const { wait } = state;
  const isDue = wait.for === 'place' && now >= wait.until;
  return advance(journey, state, isDue ? { kind: 'due', wait: wait.id } : { kind: 'freed' }, now);
}

const killed = 'kill switch';

async function touch(sender: Sender, customer: Customer, command: Touch): Promise<Answer | 'stopped'> {
  const { deps, journey, broadcast, published, gate } = sender;
  const step = journey.steps[command.step] as TouchStep; // The reducer touches at touches only.
  const who: Who = {
    enrolment: null,
    customerId: customer.id,
    journey,
    version: broadcast.version,
    words: published.words,
    policy: published.policy,
    templates: published.templates,
    customer,
  };
  const reserved = await reserveStep(deps, who, step, command);
  // The switch stops the broadcast, not those who are in it: they are asked again when it is lifted.
  const isKilled = reserved.is === 'dropped' && reserved.because === killed;
  if (isKilled && (await isSwitchedOff(deps.db, journey.name)))
    return { is: 'deferred', until: deps.clock.now(), because: killed, fate: command.touch.fate };
  if (reserved.is !== 'reserved') return reserved;
  if (!(await gate.enter())) return 'stopped';
  try {
    return await send(sender, customer, command, step, reserved.channel);
  } finally {
    gate.leave();
  }
}

async function send(
  { deps, broadcast, published, attempt, record }: Sender,
  customer: Customer,
  command: Touch,
  step: TouchStep,
  channel: Customer['addresses'][number]['channel'],
): Promise<Answer> {
  const { id, ask, since, fate } = command.touch;
  const toSend = {
    id,
    customerId: customer.id,
    enrolmentId: null,
    taskId: null,
    journey: broadcast.journey,
    version: broadcast.version,
    purpose: step.purpose,
    template: step.say,
    madeBy: 'tech',
    channel,
    address: customer.addresses.find((a) => a.channel === channel)?.address ?? null,
    state: 'reserved',
    sendingAt: null,
  } as const;
  const { facts } = command;
  const message = await compose(deps, toSend, { facts }, { published, customer });
  const asked = { touch: id, ask, since, fate, facts, fence: { enrolment: command.id, seen: 0 } };
  // Tried once here: a provider that is busy gets it again through the budget.
  return sendComposed(deps, asked, {
    touch: toSend,
    channel,
    policy: published.policy,
    message,
    attempt: `${attempt}/${String(ask)}`,
    tryNumber: tries,
    record,
  });
}

function told(answer: Answer | null): string {
  switch (answer?.is) {
    case 'with-person':
      return 'with a person';
    case 'dropped':
      return `refused: ${answer.because}`;
    default:
      return answer?.is ?? 'nothing';
  }
}
