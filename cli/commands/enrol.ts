import { z } from 'zod';
import { createApiClient, newIdempotencyKey } from '../api-client.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { readFields, sendFields } from '../read-fields.ts';
import type { ExitCode } from '../refusal.ts';

const answer = z.looseObject({
  eventId: z.string(),
  taken: z.enum(['new', 'again']),
  started: z.array(z.looseObject({ enrolmentId: z.string(), journey: z.string(), version: z.number() })),
  deliveries: z.array(z.looseObject({ enrolmentId: z.string(), number: z.number() })),
});
type Taken = z.infer<typeof answer>;

/** Posts one event. With `--key` it may be called again: the same key is the same event. */
export async function enrol(
  io: Io,
  type: string,
  customerId: string,
  given: readonly string[],
  { key = newIdempotencyKey(), at, ...options }: ClientOptions & { readonly key?: string; readonly at?: string },
): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const event = { customerId, type, ...(at !== undefined && { at }) };
  const taken = await sendFields(readFields(given), 'data', (data) =>
    client.call('POST', '/v1/events', answer, { body: { ...event, data }, idempotencyKey: key }),
  );
  if (options.json) printJson(io, { ...taken, idempotencyKey: key });
  else tell(io, taken, type, customerId);
  return 0;
}

function tell(io: Io, { eventId, taken, started, deliveries }: Taken, type: string, customerId: string): void {
  io.out(
    taken === 'new'
      ? `${type} of ${customerId} is taken in as ${eventId}.`
      : `This key was here before: it is ${eventId}, and nothing has changed.`,
  );
  for (const { journey, version, enrolmentId } of started) io.out(`  begins ${journey} ${version}: ${enrolmentId}`);
  const begun = new Set(started.map(({ enrolmentId }) => enrolmentId));
  for (const { enrolmentId, number } of deliveries)
    if (!begun.has(enrolmentId)) io.out(`  reaches ${enrolmentId} as its event ${number}`);
  if (taken === 'new' && started.length + deliveries.length === 0)
    io.out('  No journey begins with it, and no run listens for it.');
}
