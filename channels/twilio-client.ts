import { AsyncLocalStorage } from 'node:async_hooks';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { readRetryAfter } from './retry-after.ts';

/** Twilio answered, and not with success. Neither its message nor its details are kept: they repeat addresses. */
export class TwilioAnswer extends Error {
  readonly status: number;
  /** Twilio's own number of what is wrong; null where it named none. */
  readonly code: number | null;
  readonly retryAfterMs: number | null;

  constructor(status: number, code: number | null, retryAfterMs: number | null) {
    super(`HTTP ${String(status)}${code === null ? '' : `, Twilio ${String(code)}`}`);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The signal of the attempt a request belongs to: the library has no place for one. */
export const attemptSignal = new AsyncLocalStorage<AbortSignal>();

interface Answered {
  statusCode: number;
  body: unknown;
  headers?: Record<string, unknown>;
}

/** Twilio's own HTTP client, pointed elsewhere: at a region's host, a proxy, a test's server or the demo's phone. */
export class RedirectedClient extends twilio.RequestClient {
  readonly #baseUrl: string | null;

  constructor(baseUrl: string | null, timeoutMs: number) {
    super({ timeout: timeoutMs });
    this.#baseUrl = baseUrl?.replace(/\/+$/, '') ?? null;
    this.axios.interceptors.request.use((config) => {
      const signal = attemptSignal.getStore();
      if (signal) config.signal = signal;
      return config;
    });
  }

  override async request<TData>(options: RequestClient.RequestOptions<TData>) {
    const { pathname, search } = new URL(options.uri);
    const uri = this.#baseUrl === null ? options.uri : `${this.#baseUrl}${pathname}${search}`;
    const response = await super.request<TData>({ ...options, uri });
    const { statusCode, body, headers } = response as Answered;
    if (statusCode < 400) return response;
    throw new TwilioAnswer(statusCode, codeIn(body), readRetryAfter(headers?.['retry-after'], headers?.['date']));
  }
}

function codeIn(body: unknown): number | null {
  const read = typeof body === 'string' ? parseOrNull(body) : body;
  const code = typeof read === 'object' && read !== null && 'code' in read ? read.code : null;
  return typeof code === 'number' ? code : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
