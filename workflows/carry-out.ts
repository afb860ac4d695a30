/** From what the reducer asks for to activities, and their answers back to its inbox. */
import { proxyActivities, proxyLocalActivities, ActivityCancellationType } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Command } from '../core/run/commands.ts';
import type { Answer } from '../core/run/inputs.ts';
import type { Inbox } from './inbox.ts';

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

export function createCarrier(enrolment: string, inbox: Inbox): Carrier {
  let inFlight = 0;
  // What a step leaves behind (a promise, a withdrawal) is done in order, before anything asked after it.
  let behind: Promise<unknown> = Promise.resolve();

  const later = (work: () => Promise<unknown>): Promise<unknown> => {
    inFlight += 1;
    return work().finally(() => {
      inFlight -= 1;
    });
  };
  const leaveBehind = (work: () => Promise<unknown>): void => {
    behind = behind.then(() => later(work));
  };
  const ask = (to: string, work: () => Promise<Answer>): void => {
    const before = behind;
    void later(async () => {
      await before;
      inbox.push({ kind: 'answer', to, answer: await work() });
    });
  };

  const carry = (command: Command): void => {
    switch (command.do) {
      case 'touch':
        return ask(command.id, () => touch(enrolment, command));
      case 'find-moment':
        return ask(command.id, () =>
          local.findMoment.executeWithOptions({ summary: `when is '${command.said}'` }, [{ enrolment, ...command }]),
        );
      case 'find-arm':
        return ask(command.id, () =>
          local.findArm.executeWithOptions({ summary: `choose: ${command.step}` }, [{ enrolment, ...command }]),
        );
      case 'open-task':
        return ask(command.id, () =>
          local.openTask.executeWithOptions({ summary: `give to ${command.team}: ${command.step}` }, [
            { enrolment, ...command },
          ]),
        );
      case 'end':
        return ask(command.id, () =>
          local.endEnrolment.executeWithOptions({ summary: `end: ${command.as}` }, [{ enrolment, ...command }]),
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
async function touch(enrolment: string, command: Extract<Command, { do: 'touch' }>): Promise<Answer> {
  const { step, visit, touch: progress, seen } = command;
  const reserved = await local.reserveTouch.executeWithOptions({ summary: `reserve: ${step} (ask ${progress.ask})` }, [
    { enrolment, step, visit, touch: progress, seen, facts: command.facts, counts: command.counts },
  ]);
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
