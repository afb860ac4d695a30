/** Whether it was the database that failed, and not what was asked of it. */

/** Connection trouble, a stopping server, a statement that ran into its time limit. */
const unreachableCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'],
  ...['57P01', '57P02', '57P03', '53300', '57014', '08006', '08001', '08003'],
]);
export function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // Node tries several addresses of one name, and then has an error for each.
  if ('errors' in error && Array.isArray(error.errors) && error.errors.some(isUnreachable)) return true;
  if ('code' in error && typeof error.code === 'string' && unreachableCodes.has(error.code)) return true;
  const message = 'message' in error ? String(error.message) : '';
  return /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/.test(message);
}

/** Of an SQLSTATE, the classes that speak of the values themselves: a value that cannot be read, one that breaks a rule. */
const ofValues = /^2[23]/;
const sqlState = /^[0-9A-Z]{5}$/;

/** A lock, a deadlock, a time limit, a server that is away: the same asked again may well succeed. */
export function isOfDatabase(error: unknown): boolean {
  if (isUnreachable(error)) return true;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return sqlState.test(error.code) && !ofValues.test(error.code);
}
