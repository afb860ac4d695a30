/** `lookUp` and `act`: asked and answered by an arm. */
import type { ActStep, LookUpStep } from '../../journey/table-steps.ts';
import { armOf, derivedId, own, stepOf, waitId, type Draft, type Move } from '../draft.ts';

export function enterLookUp(d: Draft, { find, with: needs }: LookUpStep): Move {
  d.wait = { for: 'arm', id: waitId(d) };
  const { facts, step } = d;
  d.commands.push({ do: 'look-up', id: d.wait.id, step, find, with: needs, facts, team: d.journey.team });
  return null;
}

/** What is done in another system can't be taken back: a silence that led here has been acted on. */
export function enterAct(d: Draft, { do: action, with: needs }: ActStep): Move {
  d.silence = null;
  d.wait = { for: 'arm', id: waitId(d) };
  const { facts, step } = d;
  d.commands.push({
    ...{ do: 'act', id: d.wait.id, step, key: derivedId(d), action, with: needs, facts },
    team: d.journey.team,
  });
  return null;
}

/** An answer that a `lookUp` has no arm for leaves us unsure. */
export function armAnswered(d: Draft, arm: string): Move {
  const step = stepOf(d);
  return step.kind === 'lookUp' ? (own(step.goes, arm) ?? step.goes.unsure) : armOf(d, arm);
}
