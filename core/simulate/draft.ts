/** The working copy of a simulated customer while one thing happens. It never leaves `act`, which is pure from outside. */
import type { Gates } from '../budget/row.ts';
import { after } from './spans.ts';
import type { Input } from '../run/inputs.ts';
import type { Line, LineKind, Setting, Sim, SimTask, SimTouch } from './types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export interface Draft extends Mutable<Sim> {
  readonly setting: Setting;
  /** What the run has still to be told at this instant, in order. */
  inputs: Input[];
}

export const draftOf = (setting: Setting, sim: Sim): Draft => ({ ...sim, setting, inputs: [] });

export function finished({ setting: _, inputs: __, ...sim }: Draft): Sim {
  return sim;
}

export function tell(d: Draft, kind: LineKind, says: string, touch?: string): void {
  const line: Line = { at: d.now, kind, says, ...(touch === undefined ? {} : { touch }) };
  d.story = [...d.story, line];
}

/** The first instant after `from` that a span reaches on the team's calendar; plain time for a team without one. */
export const addSpan =
  (d: Draft) =>
  (team: string, from: number, span: string): number =>
    after(d.setting, team, from, span, 1);

export function changeTask(d: Draft, task: SimTask): void {
  d.tasks = d.tasks.map((other) => (other.id === task.id ? task : other));
}
export function changeGates(d: Draft, change: (gates: Gates) => Gates): void {
  d.row = { ...d.row, gates: change(d.row.gates) };
}
export function changeTouch(d: Draft, id: string, change: Partial<SimTouch>): void {
  d.touches = d.touches.map((touch) => (touch.id === id ? { ...touch, ...change } : touch));
}

/** Numbers it for the run, which takes it at once. */
export function deliver(d: Draft, body: Extract<Input, { kind: 'delivery' }>['delivery']['body']): void {
  if (!d.run || d.run.ended) return;
  d.delivered += 1;
  d.inputs.push({ kind: 'delivery', delivery: { number: d.delivered, at: d.now, body } });
}
