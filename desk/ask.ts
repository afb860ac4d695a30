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
  /** What is wrong in what was asked, each in a sentence or two. */
  readonly faults: readonly string[];
  constructor(status: number, code: string, detail: string, faults: readonly string[] = [], holder?: Holder) {
    super(detail);
    this.status = status;
    this.code = code;
    this.faults = faults;
    this.holder = holder;
  }
}

/** RFC 9457, as the API writes it. */
interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly faults?: readonly { readonly problem?: string; readonly mend: string }[];
  readonly holder?: Holder;
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
  const { code = 'internal', detail = answer.statusText, faults = [], holder } = (read ?? {}) as Problem;
  const said = faults.map(({ problem, mend }) => [problem, mend].filter(Boolean).join(' '));
  throw new Refused(answer.status, code, detail, said, holder);
}
