/** What was heard before a step listened for it: nothing comes too early. */
import type { ListenStep } from '../journey/table-steps.ts';
import { listensFor, type Draft, type Move } from './draft.ts';
import type { Heard } from './state.ts';

/** The newest of each event, and only of events that some step listens for. */
export function keep(d: Draft, heard: Heard): void {
  const listened = Object.values(d.journey.steps).some((s) => s.kind === 'listen' && listensFor(s, heard.event));
  if (listened) d.kept = [...d.kept.filter((k) => k.event !== heard.event), heard];
}

/** A step at hand comes before interruptions: it also takes what waits to interrupt. The oldest first. */
export function takeEarly(d: Draft, step: ListenStep): Move {
  const [first] = untaken(d).filter((heard) => listensFor(step, heard.event) !== undefined);
  if (!first) return null;
  forget(d, (heard) => heard === first);
  return listensFor(step, first.event) ?? null;
}

/** Heard, and taken by nobody so far; oldest first. */
export const untaken = (d: Draft): Heard[] =>
  [...d.kept, ...Object.values(d.queued), ...d.held.filter((h) => !h.unattributed)].sort((a, b) => a.number - b.number);

export function forget(d: Draft, which: (heard: Heard) => boolean): void {
  d.kept = d.kept.filter((heard) => !which(heard));
  d.held = d.held.filter((heard) => !which(heard));
  d.queued = Object.fromEntries(Object.entries(d.queued).filter(([, heard]) => !which(heard)));
}
