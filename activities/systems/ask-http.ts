/** One try of an HTTP call to another system. What goes wrong is told without addresses, headers or bodies: they may name a customer. */
import { z } from 'zod';
import { readRetryAfter } from '../../channels/retry-after.ts';
import type { AnswerSchema, FromEnvironment, HttpSystem, JsonSchema, SystemCall } from '../../core/journey/systems.ts';
import type { Scalar } from '../../core/journey/table.ts';
import { CallFault, type Tried } from './tried.ts';

/** An answer is a few words; more is read from nobody. */
const answerAtMost = 256 * 1024;
/** Told to come again, or not told at all what became of it. */
const unheard = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

export async function askHttp(system: HttpSystem, call: SystemCall, environment: Environment): Promise<Tried> {
  const { method = 'GET' } = system;
  const { address, rest } = addressed(system.url, call.with);
  const sendsBody = method !== 'GET' && method !== 'DELETE';
  if (!sendsBody) for (const [name, value] of Object.entries(rest)) address.searchParams.set(name, String(value));
  const response = await fetch(address, {
    method,
    // Where else it would lead is no answer of the system that was registered.
    redirect: 'manual',
    signal: call.signal,
    headers: {
      accept: 'application/json',
      'idempotency-key': call.key,
      ...headersOf(system.headers ?? {}, environment),
      ...(sendsBody ? { 'content-type': 'application/json' } : {}),
    },
    ...(sendsBody ? { body: JSON.stringify(call.with) } : {}),
  });
  return read(system, response);
}

async function read(system: HttpSystem, response: Response): Promise<Tried> {
  const { status } = response;
  const said = system.byStatus?.[status];
  if (said !== undefined || !response.ok) {
    await response.body?.cancel();
    if (said !== undefined) return { is: 'answer', says: said };
    const because = `it answered with status ${status}`;
    if (!unheard(status)) return { is: 'refused', because };
    const waitMs = readRetryAfter(response.headers.get('retry-after'), response.headers.get('date'));
    return { is: 'unheard', because, ...(waitMs === null ? {} : { retryAfterMs: waitMs }) };
  }
  const body = asJson(await textOf(response));
  if (system.answer === undefined) return { is: 'answer', says: system.says?.(body) ?? 'done' };
  const parsed = schemaOf(system.answer).safeParse(body);
  if (!parsed.success) return { is: 'refused', because: 'it answered in another form than was agreed' };
  return { is: 'answer', says: system.says ? system.says(parsed.data) : 'done' };
}

function addressed(url: string, values: SystemCall['with']): { address: URL; rest: Record<string, Scalar> } {
  const rest = { ...values };
  const written = url.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (_, name: string) => {
    const { [name]: value } = values;
    if (value === undefined) throw new CallFault('refused', `its address names '${name}', which it is not given`);
    Reflect.deleteProperty(rest, name);
    return encodeURIComponent(String(value));
  });
  return { address: new URL(written), rest };
}

export type Environment = Readonly<Record<string, string | undefined>>;
function headersOf(
  said: Readonly<Record<string, string | FromEnvironment>>,
  environment: Environment,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      const secret = environment[value.env];
      if (secret === undefined || secret === '')
        throw new CallFault('unheard', `${value.env} is not set in the worker's environment`);
      return [name, `${value.prefix}${secret}`];
    }),
  );
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += (part as Uint8Array).length;
    if (length > answerAtMost) throw new CallFault('refused', `it answered with more than ${answerAtMost} bytes`);
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts).toString('utf8');
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const schemas = new WeakMap<object, AnswerSchema>();
function schemaOf(said: AnswerSchema | JsonSchema): AnswerSchema {
  if ('safeParse' in said && typeof said.safeParse === 'function') return said as AnswerSchema;
  const known = schemas.get(said) ?? z.fromJSONSchema(said as Parameters<typeof z.fromJSONSchema>[0]);
  schemas.set(said, known);
  return known;
}
