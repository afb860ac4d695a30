/** A promise's time has come near, or is up: the customer hears in time that it takes longer, or a person has them. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { realMsOf } from '../core/clock.ts';
import { isTold, longerStep, untold } from '../core/promise/renewal.ts';
import { deskOf } from '../store/desk.ts';
import { climbPromise as look, type PromiseClimbed } from '../store/promises/climb.ts';
import { renewPromise } from '../store/promises/renew.ts';
import { spansOf } from '../store/team-calendar.ts';
import type { Deps } from './deps.ts';
import { giveToPerson } from './give-to-person.ts';
import { reserveStep } from './reserve-touch.ts';
import { runOf, type Run } from './run-of.ts';
import { sendTouch } from './send-touch.ts';

type Renewing = Extract<PromiseClimbed, { what: 'renew' }>;

export async function climbPromise(deps: Deps, id: string): Promise<void> {
  const { db, clock } = deps;
  const run = await runOf(db, enrolmentOf(id));
  const spans = spansOf(run.words);
  const climbed = await look(db, id, clock.now(), { spans, desk: await deskOf(db, deps.defaultTeam) });
  if (climbed.what !== 'renew') return;
  const told = await tell(deps, run, climbed);
  if (!told)
    await giveToPerson(deps, run, {
      of: climbed.touchId,
      step: climbed.promise.step,
      team: climbed.promise.team,
      ...untold,
    });
  const { number, dueAt } = climbed;
  await renewPromise(db, { id, number, dueAt, told, now: clock.now(), spans });
}

async function tell(deps: Deps, run: Run, { touchId, say, dueAt, promise }: Renewing): Promise<boolean> {
  const now = deps.clock.now();
  const step = longerStep(run.journey, promise, say, now);
  const { fate } = step;
  const ask = activityInfo().attempt;
  const touch = { id: touchId, ask, since: now, fate, failed: [] };
  const asked = {
    enrolment: run.enrolment,
    step: promise.step,
    visit: 1,
    touch,
    seen: null,
    facts: {},
    counts: noCounts,
  };
  const reserved = await reserveStep(deps, run, step, asked);
  if (reserved.is === 'deferred')
    throw ApplicationFailure.create({
      type: 'deferred',
      message: `the word that it takes longer has to wait: ${reserved.because}`,
      nextRetryDelay: realMsOf(deps.clock.spec, reserved.until - now) + 1,
    });
  if (reserved.is !== 'reserved') return false;
  const sent = await sendTouch(deps, {
    touch: touchId,
    ask,
    since: touch.since,
    fate,
    facts: {},
    fence: null,
    promise: { dueAt },
  });
  return isTold(sent);
}
const noCounts = { failures: 0, touches: 0, silences: 0 };

/** A promise is named 'run/step/visit'. */
const enrolmentOf = (id: string): string => id.split('/', 1)[0] ?? id;
