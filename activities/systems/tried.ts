/** What one try of a call to another system came to. `because` goes into logs and histories: it never repeats what was sent or answered. */
export type Tried =
  | { readonly is: 'answer'; readonly says: string }
  /** It will not say anything else if it is asked again. */
  | { readonly is: 'refused'; readonly because: string }
  /** Nobody knows what became of it. */
  | { readonly is: 'unheard'; readonly because: string; readonly retryAfterMs?: number };

/** Something of our own is wrong, told in words that hold nothing of the customer. */
export class CallFault extends Error {
  readonly tried: Tried;
  constructor(is: 'refused' | 'unheard', because: string) {
    super(because);
    this.name = 'CallFault';
    this.tried = { is, because };
  }
}

/** Messages of errors that others wrote may repeat what they were given, so only their kind is told. */
export function triedOf(error: unknown): Tried {
  if (error instanceof CallFault) return error.tried;
  if (!(error instanceof Error)) return { is: 'unheard', because: 'it threw what is no error' };
  const wait = 'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : null;
  const because = `it could not be heard (${codeOf(error) ?? codeOf(error.cause) ?? error.name})`;
  return { is: 'unheard', because, ...(wait === null ? {} : { retryAfterMs: wait }) };
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[A-Z_]{2,40}$/.test(error.code)
    ? error.code
    : null;
