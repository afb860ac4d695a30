/** Gives the customer to a person: one more reason for the one open task of customer and team. */
import { fromFoot, type LadderData } from '../core/journey/ladder.ts';
import { notifyPump } from '../store/outbox.ts';
import { openTask } from '../store/tasks/open.ts';
import { after } from '../store/team-calendar.ts';
import type { Deps } from './deps.ts';
import type { Who } from './run-of.ts';

export interface PersonAsked {
  /** 'run/step/visit': the reason's id. */
  readonly of: string;
  readonly step: string;
  readonly team: string;
  readonly because: string;
  /** What they may decide: the buttons they see. */
  readonly outcomes: readonly string[];
  /** How soon somebody must take it; unless given, as the team's ladder says, or as soon as silence is broken at the latest. */
  readonly within?: string;
  /** Who is asked after the team; unless given, the team's own ladder. */
  readonly ladder?: LadderData;
  /** Nothing newer than this may have reached the run; null: it is needed whatever arrived. */
  readonly seen?: number | null;
}
export type Given = { readonly is: 'opened' } | { readonly is: 'overtaken'; readonly upTo: number };

export async function giveToPerson(deps: Deps, run: Who, asked: PersonAsked): Promise<Given> {
  const { of, step, team, because, outcomes, ladder = run.words.teams[team]?.ladder ?? [], seen = null } = asked;
  const within = asked.within ?? fromFoot(team, ladder).within ?? run.policy.maxSilence;
  const opened = await openTask(deps.db, {
    customerId: run.customerId,
    team,
    reasonId: of,
    enrolmentId: run.enrolment,
    journey: run.journey.name,
    step,
    because,
    within,
    outcomes,
    ladder,
    seen,
    now: deps.clock.now(),
    addSpan: (asked, from, span) => after(run.words, asked, from, span),
  });
  if (opened.is === 'overtaken') return opened;
  // The pump looks by itself every second: a call that fails is none the worse.
  await notifyPump(deps.db).catch(() => undefined);
  return { is: 'opened' };
}
