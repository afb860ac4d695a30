/** The run takes what it is told until nothing is left at this instant, and says what it waits for then. */
import { advance, startRun } from '../run/advance.ts';
import type { Advanced } from '../run/commands.ts';
import type { Scalar } from '../journey/table.ts';
import { carryOut } from './carry-out.ts';
import { tell, type Draft } from './draft.ts';
import { sayWait } from './say-wait.ts';

/** More than any journey does in one instant. */
const most = 5_000;

export function begin(
  d: Draft,
  event?: { readonly name: string; readonly data: Readonly<Record<string, Scalar>> },
): void {
  const { journey } = d.setting;
  tell(d, 'began', `${journey.name} begins.`);
  // A second run's touches and promises are others than the first one's.
  const run = d.earlier.length === 0 ? 'run' : `run-${String(d.earlier.length + 1)}`;
  take(d, startRun(journey, { run, customer: d.customer.id, ...(event ? { event } : {}) }, d.now));
  goOn(d);
}

/** Takes all inputs; a wait that is new is told. */
export function goOn(d: Draft): void {
  const before = waitOf(d);
  for (let n = 0; ; n += 1) {
    const [input, ...rest] = d.inputs;
    if (!input || !d.run) break;
    if (n > most) throw new Error(`Journey '${d.setting.journey.name}' never comes to rest at step '${d.run.step}'`);
    d.inputs = rest;
    take(d, advance(d.setting.journey, d.run, input, d.now));
  }
  d.inputs = [];
  if (d.run && !d.run.ended && waitOf(d) !== before) tell(d, 'waits', sayWait(d));
}

function take(d: Draft, { state, commands }: Advanced): void {
  d.run = state;
  for (const command of commands) carryOut(d, command);
}

const waitOf = ({ run }: Draft): string => JSON.stringify(run && [run.step, run.wait]);
