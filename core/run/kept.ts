/** What was heard before a step listened for it: nothing comes too early. */
import type { ListenStep } from '../journey/table.ts';
import type { Draft, Move } from './draft.ts';
import type { Heard } from './types.ts';

/** The newest of each event, and only of events that some step listens for. */
export function keep(d: Draft, heard: Heard): void {
  const listened = Object.values(d.journey.steps).some((s) => s.kind === 'listen' && heard.event in s.goes);
  if (listened) d.kept = [...d.kept.filter((k) => k.event !== heard.event), heard];
}

export function takeKept(d: Draft, step: ListenStep): Move {
  const taken = d.kept.find((k) => k.event in step.goes && k.event !== 'silence');
  if (!taken) return null;
  d.kept = d.kept.filter((k) => k !== taken);
  return step.goes[taken.event] ?? null;
}
