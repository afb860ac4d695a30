/** A promise's time has come near, or is up: the customer hears in time that it takes longer, or a person has them. */
import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import { minuteMs } from '../core/calendar/zone.ts';
import { realMsOf } from '../core/clock.ts';
import type { Fate, TouchStep } from '../core/journey/table.ts';
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
  // Whoever cannot be told that it takes longer is looked after by a person before the time is up, and not only after.
  if (!told)
    await giveToPerson(deps, run, {
      of: climbed.touchId,
      step: climbed.promise.step,
      team: climbed.promise.team,
      because: 'They wait for an answer, and could not be told that it takes longer',
      outcomes: ['answered'],
    });
  const { number, dueAt } = climbed;
  await renewPromise(db, { id, number, dueAt, told, now: clock.now(), spans });
}

/** Said by a touch of its own, through the budget like any other; only what certainly did not go out counts as not told. */
async function tell(deps: Deps, run: Run, { touchId, say, dueAt, promise }: Renewing): Promise<boolean> {
  const like = Object.values(run.journey.steps).find(
    (s): s is TouchStep => s.kind === 'touch' && s.purpose === 'service',
  );
  const now = deps.clock.now();
  // A gate that opens before the time is up is waited for.
  const minutes = Math.floor((promise.dueAt - now) / minuteMs);
  const fate: Fate = minutes < 1 ? 'drop' : { fate: 'wait', atMost: `${String(minutes)} minutes`, then: 'drop' };
  const step: TouchStep = {
    kind: 'touch',
    team: promise.team,
    madeBy: 'tech',
    purpose: 'service',
    cause: promise.step,
    reach: like?.reach ?? ['wrote-on', 'preferred', 'email', 'sms'],
    fate,
    // It has to be said before the time is up: the next channel, and not the next morning.
    quiet: 'next-channel',
    say,
    next: 'end:finished',
  };
  const ask = activityInfo().attempt;
  const touch = { id: touchId, ask, since: now, fate, failed: [] };
  const asked = { enrolment: run.enrolment, step: promise.step, visit: 1, touch, seen: 0, facts: {}, counts: noCounts };
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
  return sent.is === 'sent' || sent.is === 'unknown';
}
const noCounts = { failures: 0, touches: 0, silences: 0 };

/** A promise is named 'run/step/visit'. */
const enrolmentOf = (id: string): string => id.split('/', 1)[0] ?? id;
