/** The one way of the commands to the public API. What it refuses becomes sentences, all faults at once. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { findAccess } from './api-client/access.ts';
import { failureToReach, refusalOf } from './api-client/refusals.ts';
import type { Io } from './io.ts';
import type { ClientOptions } from './program/declare.ts';
import { refused } from './refusal.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export interface Asked {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}
export interface ApiClient {
  readonly url: string;
  /** What the API answers, held against what we read of it. Throws a Refusal. */
  call<T>(method: Method, path: string, shape: z.ZodType<T>, asked?: Asked): Promise<T>;
}

const answersWithinMs = 20_000;

export function createApiClient(io: Io, options: ClientOptions): ApiClient {
  const access = findAccess(io, options.url);
  return {
    url: access.url,
    async call(method, path, shape, asked = {}) {
      const { status, body } = await askUntilHeard(access, method, path, asked);
      if (status < 200 || status > 299) throw refusalOf(status, body, access);
      const read = shape.safeParse(body);
      if (read.success) return read.data;
      throw refused(
        `The API at ${access.url} answered ${method} ${path} in a form we do not read: is it of another version?`,
      );
    },
  };
}

export const newIdempotencyKey = (): string => `cli-${randomUUID()}`;

type Access = ReturnType<typeof findAccess>;

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** So long it asks us to wait; null where it does not. */
  readonly retryAfterMs: number | null;
}

const triesAtMost = 3;
const waitsAtMostMs = 10_000;

/** An API that has too much to do says when to ask again: that is done, and nobody has to know. */
async function askUntilHeard(...asked: Parameters<typeof ask>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(...asked);
    const { status, retryAfterMs } = answer;
    const isBusy = status === 503 || status === 429;
    if (!isBusy || retryAfterMs === null || retryAfterMs > waitsAtMostMs || tries === triesAtMost) return answer;
    await sleep(retryAfterMs);
  }
}

async function ask(
  access: Access,
  method: Method,
  path: string,
  { query = {}, body, idempotencyKey }: Asked,
): Promise<Answer> {
  const address = new URL(`${access.url}${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) address.searchParams.set(name, String(value));
  try {
    const response = await fetch(address, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(answersWithinMs),
      headers: {
        ...(access.key !== null && { authorization: `Bearer ${access.key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const after = Number(response.headers.get('retry-after') ?? Number.NaN);
    const retryAfterMs = after >= 0 ? after * 1_000 : null;
    return { status: response.status, body: asJson(await response.text()), retryAfterMs };
  } catch (error) {
    throw failureToReach(error, access.url);
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A part of a path: what people type may hold a slash. */
export const part = encodeURIComponent;
