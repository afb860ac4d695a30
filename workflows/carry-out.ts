/** From what the reducer asks for to activities, and their answers back to its inbox. */
import { proxyActivities, proxyLocalActivities, ActivityCancellationType } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Command } from '../core/run/commands.ts';
import type { Answer } from '../core/run/inputs.ts';
import type { Inbox } from './inbox.ts';
import type { Turn } from './turn.ts';

const retry = { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' } as const;
/** Short database work: one event in history, no round trip through the server. Tried until the database answers. */
export const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '15s', retry });
/** Longer than a provider may keep us waiting; a worker that died in between is noticed after it. */
export const remote = proxyActivities<Activities>({
  startToCloseTimeout: '20s',
  retry,
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

/** Other systems keep to limits of their own, of a minute at most, and say when they want to be asked again. A worker that dies is missed by its heartbeat. */
const systems = proxyActivities<Activities>({ startToCloseTimeout: '90s', heartbeatTimeout: '10s', retry });

export interface Carrier {
  carryOut(commands: readonly Command[]): void;
  /** Commands whose answer is still out. */
  readonly inFlight: number;
}

/** `turn`: whose turn it is among all local activities of this workflow. */
export function createCarrier(enrolment: string, inbox: Inbox, turn: Turn): Carrier {
  let inFlight = 0;
  // What a step leaves behind (a promise, a withdrawal) is done in order, before anything asked after it.
  let behind: Promise<void> = Promise.resolve();

  async function later<T>(work: () => Promise<T>, then: (came: T) => void): Promise<void> {
    inFlight += 1;
    let came: T;
    try {
      came = await work();
    } finally {
      inFlight -= 1;
    }
    // In the same turn: nobody sees the answer while it still counts as under way.
    then(came);
  }
  const leaveBehind = (work: () => Promise<unknown>): void => {
    const before = behind;
    behind = later(
      () => before.then(() => turn(work)),
      () => undefined,
    );
  };
  const ask = (to: string, work: () => Promise<Answer>): void => {
    const before = behind;
    void later(
      () => before.then(work),
      (answer) => {
        inbox.push({ kind: 'answer', to, answer });
      },
    );
  };

  const carry = (command: Command): void => {
    switch (command.do) {
      case 'touch':
        return ask(command.id, () => touch(enrolment, command, turn));
      case 'find-moment':
        return ask(command.id, () =>
          turn(() =>
            local.findMoment.executeWithOptions({ summary: `when is '${command.said}'` }, [{ enrolment, ...command }]),
          ),
        );
      case 'find-arm':
        return ask(command.id, () =>
          turn(() =>
            local.findArm.executeWithOptions({ summary: `choose: ${command.step}` }, [{ enrolment, ...command }]),
          ),
        );
      case 'open-task':
        return ask(command.id, () =>
          turn(() =>
            local.openTask.executeWithOptions({ summary: `give to ${command.team}: ${command.step}` }, [
              { enrolment, ...command },
            ]),
          ),
        );
      case 'end':
        return ask(command.id, () =>
          turn(() =>
            local.endEnrolment.executeWithOptions({ summary: `end: ${command.as}` }, [{ enrolment, ...command }]),
          ),
        );
      case 'promise':
        return leaveBehind(() =>
          local.makePromise.executeWithOptions({ summary: `promise: ${command.step}` }, [{ enrolment, ...command }]),
        );
      case 'remind':
        return leaveBehind(() =>
          local.leaveNote.executeWithOptions({ summary: `note: ${command.step}` }, [{ enrolment, ...command }]),
        );
      case 'split':
        return leaveBehind(() =>
          local.recordSplit.executeWithOptions({ summary: `${command.step}: ${command.arm}` }, [
            { enrolment, step: command.step, arm: command.arm },
          ]),
        );
      case 'look-up':
        return ask(command.id, () =>
          systems.lookUp.executeWithOptions({ summary: `ask ${command.find}: ${command.step}` }, [
            { enrolment, ...command },
          ]),
        );
      case 'act':
        return ask(command.id, () =>
          systems.act.executeWithOptions({ summary: `${command.action}: ${command.step}` }, [
            { enrolment, ...command },
          ]),
        );
      case 'converse':
        throw new Error(`This engine cannot hold the conversation '${command.step}': publishing refuses it`);
      case 'withdraw':
        return leaveBehind(() =>
          local.withdrawTouch.executeWithOptions({ summary: 'withdraw' }, [{ touch: command.touch }]),
        );
      case 'close-reason':
        return leaveBehind(() =>
          local.closeReason.executeWithOptions({ summary: 'no person needed' }, [{ of: command.of }]),
        );
    }
  };

  return {
    carryOut: (commands) => {
      commands.forEach(carry);
    },
    get inFlight() {
      return inFlight;
    },
  };
}

/** Reserve a place in the budget; then, in one activity that is tried apart, fence, send and settle. */
async function touch(enrolment: string, command: Extract<Command, { do: 'touch' }>, turn: Turn): Promise<Answer> {
  const { step, visit, touch: progress, seen } = command;
  const reserved = await turn(() =>
    local.reserveTouch.executeWithOptions({ summary: `reserve: ${step} (ask ${progress.ask})` }, [
      { enrolment, step, visit, touch: progress, seen, facts: command.facts, counts: command.counts },
    ]),
  );
  if (reserved.is !== 'reserved') return reserved;
  return remote.sendTouch.executeWithOptions({ summary: `fence, send, settle: ${step} by ${reserved.channel}` }, [
    {
      touch: progress.id,
      ask: progress.ask,
      since: progress.since,
      fate: progress.fate,
      facts: command.facts,
      fence: { enrolment, seen },
    },
  ]);
}
