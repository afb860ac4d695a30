/** What one request, and one caller, may cost. */
export interface Limits {
  bodyBytes: number;
  /** How deeply JSON may be nested: a journey with conditions inside rules inside steps needs about 12. */
  bodyDepth: number;
  /** Until a whole request has arrived. */
  requestTimeoutMs: number;
  headersTimeoutMs: number;
  /** How often the server looks for requests that are too slow. */
  slowCheckEveryMs: number;
  /** For one key in one process; callers without a valid key share this for their network address. */
  requestsPerMinute: number;
  /** For one network address that calls a webhook. */
  webhooksPerMinute: number;
  /** Tries to sign in under one name; three times as many from one network address. */
  signInsPerMinute: number;
  /** How long a key may be remembered, and so be used after it was revoked. */
  keysRememberedMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 1_048_576,
  bodyDepth: 40,
  requestTimeoutMs: 20_000,
  headersTimeoutMs: 10_000,
  slowCheckEveryMs: 1_000,
  requestsPerMinute: 6_000,
  webhooksPerMinute: 30_000,
  signInsPerMinute: 10,
  keysRememberedMs: 3_000,
};
