/** How long the wait at hand may last. */
import { fromFoot } from '../journey/ladder.ts';
import { readMoment, readSpan } from '../journey/phrases.ts';
import type { TableStep } from '../journey/table-steps.ts';
import type { StepId } from '../journey/table.ts';
import type { Wait } from '../run/state.ts';
import { rungsOf, type Rung } from '../task/ladder.ts';
import type { Setting } from './setting.ts';
import type { Lasts } from './times.ts';
import { stepOfReason, type World } from './world.ts';

/** Null: no time passes in it. */
export function lastsAtHand(setting: Setting, { state, now }: World): Lasts | null {
  return lastsOf(setting, state.wait, state.step, now);
}

export function lastsOf(setting: Setting, wait: Wait, id: StepId, now: number): Lasts | null {
  const step = setting.journey.steps[id];
  switch (wait.for) {
    case 'events':
    case 'time':
      return wait.until === null
        ? null
        : (saidWhole(setting, step, wait, now) ?? { ms: Math.max(0, wait.until - now) });
    case 'place':
      return { ms: Math.max(0, wait.until - now) };
    case 'person':
      return wait.opened ? untilNobody(setting, wait.of) : null;
    case 'conversation':
      return step && 'waits' in step ? { said: step.waits, team: step.team } : null;
    default:
      return null;
  }
}

/** A wait that has only begun lasts what was said, on whatever day that is. */
function saidWhole(
  setting: Setting,
  step: TableStep | undefined,
  wait: { readonly since: number },
  now: number,
): Lasts | null {
  if (step === undefined || !('until' in step) || wait.since !== now) return null;
  const read = readMoment(step.until);
  return read && !('field' in read) ? { said: step.until, team: setting.journey.team } : null;
}

/** The team is asked, then each of the ladder, each for as long as their rung says. */
export function untilNobody(setting: Setting, of: string): Lasts {
  const step = setting.journey.steps[stepOfReason(of)];
  const { maxSilence } = setting.policy;
  const team = step && 'team' in step ? step.team : setting.journey.team;
  const foot = fromFoot(team, setting.words.teams[team]?.ladder ?? []).within ?? maxSilence;
  const said = step && 'within' in step ? step.within : foot;
  const within = readSpan(said) ? said : maxSilence;
  const above = ladderOf(setting, of).map((rung) => ({ said: rung.within ?? within, team: rung.team }));
  return { each: [{ said: within, team }, ...above] };
}

export function ladderOf({ journey, words }: Setting, of: string): readonly Rung[] {
  const step = journey.steps[stepOfReason(of)];
  const team = step && 'team' in step ? step.team : journey.team;
  const own = step?.kind === 'escalate' ? step.ladder : undefined;
  return rungsOf(team, own ?? words.teams[team]?.ladder ?? []);
}
