/** What workflows may do to the world. Each is idempotent: it may be tried again after any part of it. */
import { noSystems } from '../core/journey/systems.ts';
import type { Answer } from '../core/run/inputs.ts';
import { deliveriesAfter, type Pulled } from '../store/deliveries.ts';
import { deskOf } from '../store/desk.ts';
import { endEnrolment } from '../store/end-enrolment.ts';
import { notifyPump } from '../store/outbox.ts';
import { park, type Parked } from '../store/park.ts';
import { recordSplit } from '../store/splits/record.ts';
import { closeReason } from '../store/tasks/close-reason.ts';
import { broadcastPages, type BroadcastTold } from './broadcast/run-pages.ts';
import type { Deps, GivenDeps } from './deps.ts';
import { findArm, type ArmAsked } from './find-arm.ts';
import { findMoment, type MomentAsked } from './find-moment.ts';
import { giveToPerson, type Given, type PersonAsked } from './give-to-person.ts';
import { leaveNote, type NoteAsked } from './leave-note.ts';
import { makePromise, type PromiseAsked } from './make-promise.ts';
import { reserveTouch, type Reserved, type TouchAsked } from './reserve-touch.ts';
import { runOf } from './run-of.ts';
import { sendTouch, type SendAsked } from './send-touch.ts';
import { arriveThere, decideMove, type Arrived, type MoveAsked } from './move-run.ts';
import type { MoveDecided } from '../store/moves/decide.ts';
import { act, type ActAsked } from './systems/act.ts';
import { lookUp, type LookUpAsked, type SystemAnswer } from './systems/look-up.ts';
import { climb, nextDeadline, type NextDeadline, type Watched } from './watched.ts';

export type { BroadcastTold } from './broadcast/run-pages.ts';

export interface Activities {
  reserveTouch(asked: TouchAsked): Promise<Reserved>;
  sendTouch(asked: SendAsked): Promise<Answer>;
  withdrawTouch(asked: { readonly touch: string }): Promise<void>;
  findMoment(asked: MomentAsked): Promise<Answer>;
  findArm(asked: ArmAsked): Promise<Answer>;
  openTask(asked: PersonAsked & { readonly enrolment: string }): Promise<Given>;
  closeReason(asked: { readonly of: string }): Promise<void>;
  makePromise(asked: PromiseAsked): Promise<void>;
  leaveNote(asked: NoteAsked): Promise<void>;
  recordSplit(asked: { readonly enrolment: string; readonly step: string; readonly arm: string }): Promise<void>;
  lookUp(asked: LookUpAsked): Promise<SystemAnswer>;
  act(asked: ActAsked): Promise<SystemAnswer>;
  pullDeliveries(asked: { readonly enrolment: string; readonly after: number }): Promise<Pulled>;
  park(asked: Omit<Parked, 'now' | 'enrolmentId'> & { readonly enrolment: string }): Promise<{ delivered: number }>;
  endEnrolment(asked: {
    readonly enrolment: string;
    readonly as: string;
    readonly seen: number | null;
    readonly heard: number;
    readonly untaken: readonly string[];
  }): Promise<Answer>;
  decideMove(asked: MoveAsked): Promise<MoveDecided>;
  arriveThere(there: Arrived): Promise<void>;
  nextDeadline(asked: Watched): Promise<NextDeadline>;
  climb(asked: Watched & { readonly deadline: number }): Promise<void>;
  broadcastPages(asked: { readonly broadcast: string }): Promise<BroadcastTold>;
}

export function createActivities(given: GivenDeps): Activities {
  const deps: Deps = { systems: noSystems, environment: {}, ...given };
  const { db, budgets, clock } = deps;
  return {
    reserveTouch: (asked) => reserveTouch(deps, asked),
    sendTouch: (asked) => sendTouch(deps, asked),
    async withdrawTouch({ touch }) {
      await budgets.withdraw(touch);
    },
    findMoment: (asked) => findMoment(deps, asked),
    findArm: (asked) => findArm(deps, asked),
    openTask: async (asked) => giveToPerson(deps, await runOf(db, asked.enrolment), asked),
    closeReason: ({ of }) => closeReason(db, of, clock.now()),
    makePromise: (asked) => makePromise(deps, asked),
    leaveNote: (asked) => leaveNote(deps, asked),
    recordSplit: (asked) => recordSplit(db, { ...asked, now: clock.now() }),
    lookUp: (asked) => lookUp(deps, asked),
    act: (asked) => act(deps, asked),
    pullDeliveries: ({ enrolment, after }) => deliveriesAfter(db, enrolment, after),
    async park({ enrolment, ...parked }) {
      return { delivered: await park(db, { enrolmentId: enrolment, ...parked, now: clock.now() }) };
    },
    async endEnrolment({ enrolment, as, seen, heard, untaken }) {
      const desk = await deskOf(db, deps.defaultTeam);
      const now = clock.now();
      const ended = await endEnrolment(db, {
        untaken,
        id: enrolment,
        as,
        fenced: seen !== null,
        seen: seen ?? heard,
        now,
        desk,
      });
      if ('overtaken' in ended) return { is: 'overtaken', upTo: ended.upTo };
      await notifyPump(db).catch(() => undefined);
      return { is: 'ended' };
    },
    decideMove: (asked) => decideMove(deps, asked),
    arriveThere: (there) => arriveThere(deps, there),
    nextDeadline: (asked) => nextDeadline(deps, asked),
    climb: (asked) => climb(deps, asked),
    broadcastPages: (asked) => broadcastPages(deps, asked),
  };
}
