/** A note to our own people is written down with the instant it is due; from then on it needs no run. */
import type { RunState } from '../core/run/state.ts';
import { makeNote } from '../store/notes/make.ts';
import type { Deps } from './deps.ts';
import { instantOf } from './find-moment.ts';
import { runOf } from './run-of.ts';

export interface NoteAsked {
  readonly enrolment: string;
  /** 'run/step/visit'. */
  readonly id: string;
  readonly step: string;
  readonly team: string;
  readonly at: string;
  readonly about: string;
  readonly from: number;
  readonly facts: RunState['facts'];
}

/** A date nobody knows is due at once: somebody looks at it, instead of nobody ever. */
export async function leaveNote(deps: Deps, asked: NoteAsked): Promise<void> {
  const { id, enrolment, step, team, at: said, about, from, facts } = asked;
  const run = await runOf(deps.db, enrolment);
  const dueAt = (await instantOf(deps, run, { said, from, team, facts })) ?? from;
  await makeNote(deps.db, {
    id,
    customerId: run.customerId,
    enrolmentId: enrolment,
    step,
    team,
    about,
    said,
    from,
    dueAt,
    now: deps.clock.now(),
  });
}
