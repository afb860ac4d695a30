/** A definition travels by value into each of its runs' histories, so it is kept small. */
import { canonical } from './canonical.ts';
import type { Fault } from './fault.ts';
import type { Journey } from './table.ts';

export const mostSteps = 200;
export const mostBytes = 64 * 1024;

export function tooLarge(journey: Journey): readonly Fault[] {
  const steps = Object.values(journey.steps).filter(({ kind }) => kind !== 'end' && kind !== 'resume').length;
  const bytes = utf8Length(canonical(journey));
  const faults: Fault[] = [];
  const mend = 'Let an event at its end begin a second journey, and move what comes later there.';
  if (steps > mostSteps) faults.push({ problem: `It has ${steps} steps; a journey has at most ${mostSteps}.`, mend });
  if (bytes > mostBytes)
    faults.push({ problem: `It takes ${bytes} bytes; a journey takes at most ${mostBytes}.`, mend });
  return faults;
}

/** Counted here because a designer's own compiler settings may know no TextEncoder. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
