/** A promise is written down with the instant it is due, found on the team's calendar; its own workflow watches over it from then on. */
import type { Renewal } from '../core/promise/promise.ts';
import type { RunState } from '../core/run/state.ts';
import { notifyPump } from '../store/outbox.ts';
import { makePromise as keepPromise } from '../store/promises/make.ts';
import { spansOf } from '../store/team-calendar.ts';
import type { Deps } from './deps.ts';
import { instantOf } from './find-moment.ts';
import { runOf, type Run } from './run-of.ts';

export interface PromiseAsked {
  readonly enrolment: string;
  /** 'run/step/visit'. */
  readonly id: string;
  readonly step: string;
  readonly team: string;
  readonly due: string;
  readonly keptBy: readonly string[];
  readonly renew?: Renewal;
  readonly from: number;
  readonly heard: number;
  readonly isKept: boolean;
  readonly facts: RunState['facts'];
}

export async function makePromise(deps: Deps, asked: PromiseAsked): Promise<void> {
  const run = await runOf(deps.db, asked.enrolment);
  await keepPromise(deps.db, {
    id: asked.id,
    customerId: run.customerId,
    enrolmentId: asked.enrolment,
    step: asked.step,
    team: asked.team,
    dueAt: await dueAt(deps, run, asked),
    keptBy: asked.keptBy,
    renew: asked.renew ?? null,
    heard: asked.heard,
    isKept: asked.isKept,
    said: asked.due,
    from: asked.from,
    now: deps.clock.now(),
    spans: spansOf(run.words),
  });
  await notifyPump(deps.db).catch(() => undefined);
}

/** A date nobody knows is due at once: somebody looks at it, instead of nobody ever. */
const dueAt = async (deps: Deps, run: Run, asked: PromiseAsked): Promise<number> =>
  (await instantOf(deps, run, { said: asked.due, from: asked.from, team: asked.team, facts: asked.facts })) ??
  asked.from;
