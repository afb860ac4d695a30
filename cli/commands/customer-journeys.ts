import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';

const theirs = z.looseObject({
  items: z.array(
    z.looseObject({
      journey: z.string(),
      runs: z.array(z.looseObject({ step: z.string().nullable() })),
      stop: z.looseObject({ until: z.string().nullable(), reason: z.string(), actor: z.string() }).nullable(),
    }),
  ),
});
type Theirs = z.infer<typeof theirs>;

export async function journeysOf(io: Io, customer: string, options: ClientOptions): Promise<ExitCode> {
  const found = await createApiClient(io, options).call('GET', `/v1/customers/${part(customer)}/journeys`, theirs);
  tell(io, found, options);
  return 0;
}

export interface StopJourneyOptions extends ClientOptions {
  readonly reason: string;
  readonly until?: string;
}

/** Paused until an instant, or stopped for good. */
export async function stopJourneyFor(
  io: Io,
  customer: string,
  journey: string,
  { reason, until, ...options }: StopJourneyOptions,
): Promise<ExitCode> {
  const at = until === undefined ? undefined : Date.parse(until);
  if (at !== undefined && Number.isNaN(at))
    throw misused(`'${String(until)}' should be an instant, such as 2026-03-02T09:00:00Z.`);
  const body = { reason, ...(at !== undefined && { until: new Date(at).toISOString() }) };
  const found = await createApiClient(io, options).call('PUT', pathTo(customer, journey), theirs, { body });
  tell(io, found, options);
  return 0;
}

export async function letJourneyGoOn(
  io: Io,
  customer: string,
  journey: string,
  options: ClientOptions,
): Promise<ExitCode> {
  tell(io, await createApiClient(io, options).call('DELETE', pathTo(customer, journey), theirs), options);
  return 0;
}

const pathTo = (customer: string, journey: string): string =>
  `/v1/customers/${part(customer)}/journeys/${part(journey)}/stop`;

function tell(io: Io, found: Theirs, { json }: ClientOptions): void {
  if (json) printJson(io, found);
  else if (found.items.length === 0) io.out('No journey runs for them, and none is stopped.');
  else
    io.out(
      columns(
        ['journey', 'at', 'stopped', 'by', 'because'],
        found.items.map(({ journey, runs, stop }) => [
          journey,
          runs.map(({ step }) => step ?? 'its beginning').join(', ') || null,
          stop && (stop.until === null ? 'for good' : `until ${stop.until}`),
          stop?.actor ?? null,
          stop?.reason ?? null,
        ]),
      ),
    );
}
