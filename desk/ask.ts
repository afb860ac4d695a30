/** The one way to the API. The session goes along as a cookie; what is refused is thrown with the words of the refusal. */

interface Holder {
  readonly agent: string;
  readonly since: string;
}

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** Who has what was asked for, and since when: an instant as JSON has it. */
  readonly holder: Holder | undefined;
  constructor(status: number, code: string, detail: string, holder?: Holder) {
    super(detail);
    this.status = status;
    this.code = code;
    this.holder = holder;
  }
}

type Query = Readonly<Record<string, string | number | undefined>>;
interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Is finished also when the page is left. */
  readonly keepalive?: boolean;
}

/** `T` is what this address answers by its schema: the server holds each answer against it. */
export async function ask<T>(path: string, asked: Asked = {}): Promise<T> {
  const { method = 'GET', query = {}, body, idempotencyKey, signal, keepalive = false } = asked;
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const answer = await fetch(`${path}${search && `?${search}`}`, {
    method,
    keepalive,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const read: unknown = await answer.json().catch(() => null);
  if (answer.ok) return read as T;
  const said = (read ?? {}) as { code?: string; detail?: string; holder?: Holder };
  const { code = 'internal', detail = answer.statusText, holder } = said;
  throw new Refused(answer.status, code, detail, holder);
}
