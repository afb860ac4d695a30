/** One customer's way through a journey. A thin interpreter: the reducer decides, activities do, this waits. */
import { condition, continueAsNew, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { realMsOf, virtualAt } from '../core/clock.ts';
import { advance, startRun } from '../core/run/advance.ts';
import { land } from '../core/run/land.ts';
import type { Advanced } from '../core/run/commands.ts';
import type { Input } from '../core/run/inputs.ts';
import type { RunState } from '../core/run/state.ts';
import { createCarrier, local } from './carry-out.ts';
import { createInbox } from './inbox.ts';
import { delivered, freed, stateQuery, type EnrolmentInput } from './messages.ts';
import { isLong } from './is-long.ts';
import { showAs } from './show-as.ts';
import { detailsOf, summaryOf, tell, type Told } from './tell.ts';
import { createTurn } from './turn.ts';

/** A replayed history of 150 events costs 20 ms; beyond, replay grows faster than the history. */
const longHistory = 150;

export default async function enrolment(input: EnrolmentInput): Promise<{ as: string }> {
  const { moved, ...lasting } = input;
  const { definition, clock, enrolment: run } = lasting;
  const inbox = createInbox(input.state?.heard ?? 0);
  const turn = createTurn();
  const carrier = createCarrier(run, inbox, turn);
  const now = (): number => virtualAt(clock, Date.now());
  let state: RunState | undefined = input.state;
  // After continue-as-new nobody repeats the signals that raced it: ask once for what we may have missed.
  let pull = input.state !== undefined;

  setHandler(delivered, ({ upTo, deliveries }) => {
    inbox.deliver(deliveries, upTo);
    pull ||= deliveries.length === 0;
  });
  setHandler(freed, () => {
    inbox.push({ kind: 'freed' });
  });
  setHandler(stateQuery, () => state ?? begin().state);

  const { customer = run, event } = input;
  const begin = (): Advanced => startRun(definition, { run, customer, ...(event ? { event } : {}) }, now());
  const take = ({ state: next, commands }: Advanced): RunState => {
    state = next;
    carrier.carryOut(commands);
    return next;
  };

  // Before anything is asked for there, its row says that it is there.
  if (moved && state) await arrive(moved.move, moved.enter ?? state.step);
  let current = state ? (moved ? take(land(definition, { ...moved, state }, now())) : state) : take(begin());
  let moving: string | null = null;
  let parkedAs = '';

  while (!current.ended) {
    if (inbox.inputs.length > 0) {
      for (const next of inbox.inputs.splice(0)) {
        moving = moveIn(next, current.heard) ?? moving;
        current = take(advance(definition, current, next, now()));
      }
      pull ||= inbox.told > current.heard;
      continue;
    }
    if (pull) {
      pull = false;
      await catchUp(current.heard);
      continue;
    }
    const told = tell(definition, current);
    const isParked = carrier.inFlight === 0 && told.state !== 'running';
    if (isParked) {
      parkedAs = await park(told, parkedAs);
      if (inbox.inputs.length > 0) continue;
      if (moving !== null) {
        await goOnElsewhere(moving);
        moving = null;
        continue;
      }
      if (isLong(longHistory)) await continueAsNew<typeof enrolment>({ ...lasting, state: current });
    }
    await sleepUntil(told, isParked);
  }
  // Its attributes stay as it last parked: how it ended is the workflow's status and result, and an upsert here costs a fifth of a touch's CPU time.
  setCurrentDetails(detailsOf(definition, current, tell(definition, current)));
  return { as: current.ended.as };

  async function arrive(move: string, step: string): Promise<void> {
    await turn(() =>
      local.arriveThere.executeWithOptions({ summary: 'on another version' }, [{ enrolment: run, move, step }]),
    );
  }

  async function catchUp(after: number): Promise<void> {
    const { deliveries, upTo } = await turn(() =>
      local.pullDeliveries.executeWithOptions({ summary: `what came after ${after}` }, [{ enrolment: run, after }]),
    );
    inbox.deliver(deliveries, upTo);
    pull = deliveries.length > 0 && upTo > (deliveries.at(-1)?.number ?? upTo);
  }

  /** Tells ops and the database where the run stands: once a park. */
  async function park(told: Told, before: string): Promise<string> {
    const as = JSON.stringify([told, current.heard]);
    if (as === before) return as;
    showAs({ step: told.step, madeBy: told.madeBy, state: told.state, waitingFor: told.waitingFor });
    setCurrentDetails(detailsOf(definition, current, told));
    const { step, waitingFor, wakeAt } = told;
    const { delivered: there } = await turn(() =>
      local.park.executeWithOptions({ summary: summaryOf(told) }, [
        { enrolment: run, step, waitingFor, wakeAt, heard: current.heard },
      ]),
    );
    pull ||= there > current.heard;
    return as;
  }

  /** Everything that was under way on this version is done. What arrives from now on is asked for there. */
  async function goOnElsewhere(move: string): Promise<void> {
    const decided = await turn(() =>
      local.decideMove.executeWithOptions({ summary: 'to another version?' }, [
        { enrolment: run, move, state: current },
      ]),
    );
    if (decided.is === 'stays') return;
    const { version, definition: other, landing } = decided;
    const { state: landed, ...rest } = landing;
    showAs({ version: String(version) });
    await continueAsNew<typeof enrolment>({
      ...lasting,
      version,
      definition: other,
      state: landed,
      moved: { move, ...rest },
    });
  }

  async function sleepUntil(told: Told, isParked: boolean): Promise<void> {
    const hasNews = (): boolean => inbox.inputs.length > 0 || pull;
    // What was left behind is done: it can be told now where the run stands.
    const canPark = (): boolean => !isParked && carrier.inFlight === 0 && told.state !== 'running';
    const isCalled = (): boolean => hasNews() || canPark();
    const { wait } = current;
    if (!('until' in wait) || wait.until === null) return condition(isCalled);
    const left = wait.until - now();
    if (left > 0 && (await condition(isCalled, realMsOf(clock, left), { summary: summaryOf(told) }))) return;
    if (hasNews() || now() < wait.until) return;
    // Before a silence counts: has anything come that nobody has told us of yet?
    if (wait.for === 'events') await catchUp(current.heard);
    if (inbox.inputs.length === 0) inbox.push({ kind: 'due', wait: wait.id });
  }
}

const moveIn = (input: Input, heard: number): string | null =>
  input.kind === 'delivery' && input.delivery.number === heard + 1 && input.delivery.body.kind === 'move'
    ? input.delivery.body.move
    : null;
