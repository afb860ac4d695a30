import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';
import { flying, tellFlying } from '../tell-flying.ts';

const answer = z.looseObject({
  items: z.array(z.looseObject({ scope: z.string(), reason: z.string(), actor: z.string(), at: z.string() })),
  inFlight: flying.optional(),
});
type Switches = z.infer<typeof answer>;

export async function listKillSwitches(io: Io, options: ClientOptions): Promise<ExitCode> {
  return tell(io, options, await createApiClient(io, options).call('GET', '/v1/kill-switches', answer));
}

export async function switchOn(
  io: Io,
  scope: string,
  { reason, ...options }: ClientOptions & { readonly reason: string },
): Promise<ExitCode> {
  const path = `/v1/kill-switches/${part(scope)}`;
  return tell(io, options, await createApiClient(io, options).call('PUT', path, answer, { body: { reason } }));
}

export async function switchOff(io: Io, scope: string, options: ClientOptions): Promise<ExitCode> {
  const path = `/v1/kill-switches/${part(scope)}`;
  return tell(io, options, await createApiClient(io, options).call('DELETE', path, answer));
}

/** Whatever was asked for: what is off now is what everybody wants to know. */
function tell(io: Io, { json }: ClientOptions, { items, inFlight }: Switches): ExitCode {
  if (json) printJson(io, { items, ...(inFlight && { inFlight }) });
  else if (items.length === 0) io.out('Nothing is switched off.');
  else for (const { scope, reason, actor, at } of items) io.out(`Off: ${scope}, since ${at}, by ${actor}: ${reason}`);
  if (!json && inFlight) tellFlying(io, inFlight);
  return 0;
}
