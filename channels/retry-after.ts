/**
 * A Retry-After header (RFC 9110, section 10.2.3) as milliseconds to wait; null where it says nothing we can read. An
 * instant is held against the answer's own Date header, so that only the provider's clock is asked, not ours.
 */
export function readRetryAfter(retryAfter: unknown, date: unknown): number | null {
  if (typeof retryAfter !== 'string') return null;
  if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const wait = typeof date === 'string' ? Date.parse(retryAfter) - Date.parse(date) : Number.NaN;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
