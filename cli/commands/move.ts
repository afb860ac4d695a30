import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { count } from '../check-project.ts';
import { columns } from '../columns.ts';
import { finishMove, moveShape, tellMove } from '../finish-move.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { asMap, readMap } from '../read-map.ts';
import { misused, type ExitCode } from '../refusal.ts';

const planned = z.looseObject({
  customers: z.number(),
  steps: z.array(
    z.looseObject({
      step: z.string().nullable(),
      customers: z.number(),
      leads: z.string(),
      at: z.string().nullable(),
      because: z.string().nullable(),
    }),
  ),
});
type Step = z.infer<typeof planned>['steps'][number];

export interface MoveOptions extends ClientOptions {
  readonly from: string;
  readonly to: string;
  readonly map?: readonly string[];
  readonly at?: readonly string[];
  readonly go?: true;
}

/** Told first, and done only with --go. */
export async function move(
  io: Io,
  journey: string,
  { from, to, map = [], at, go, ...options }: MoveOptions,
): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const path = `/v1/journeys/${part(journey)}/moves`;
  const body = { from: versionIn(from), to: versionIn(to), map: asMap(readMap(map)), ...(at && { steps: at }) };
  const plan = await client.call('POST', `${path}/plan`, planned, { body });
  if (!go) {
    if (options.json) printJson(io, { ...body, journey, ...plan, moved: 0 });
    else tellPlan(io, journey, body, plan);
    return 0;
  }
  const begun = await client.call('POST', path, moveShape, { body });
  const done = await finishMove(client, begun.id);
  if (options.json) printJson(io, done);
  else tellMove(io, done);
  return 0;
}

export function versionIn(said: string): number {
  if (!/^[1-9]\d{0,5}$/.test(said)) throw misused(`A version is a number such as 2, and not '${said}'.`);
  return Number(said);
}

function tellPlan(
  io: Io,
  journey: string,
  { from, to }: { readonly from: number; readonly to: number },
  { customers, steps }: z.infer<typeof planned>,
): void {
  io.out(`${count(customers, 'customer')} on ${journey} ${String(from)} would be asked to go on in ${String(to)}.`);
  if (steps.length === 0) return;
  io.out(
    columns(
      ['step', 'customers', 'would'],
      steps.map((one) => [one.step ?? '(the beginning)', String(one.customers), would(one)]),
    ),
  );
  io.out('Nobody was moved: --go does it. What each has heard and promised is looked at then, and may keep them.');
}

function would({ step, leads, at, because }: Step): string {
  if (leads === 'stays') return `stay: ${String(because)}`;
  if (leads === 'asked-later') return 'be asked when they wait';
  if (leads === 'begins') return `begin ${String(at)}`;
  return at === step ? 'go on there' : `go on at ${String(at)}`;
}
