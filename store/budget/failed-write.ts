/** What a write that failed means for the batch that it was made for. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Somebody with a longer transaction stood in the way: as if all rows had changed. */
export function lostAll(error: unknown): Set<string> {
  if (['40P01', '40001'].includes(codeOf(error))) return new Set();
  throw error;
}

/** A new touch is there already: another process has just told what becomes of it. */
export const isMadeMeanwhile = (error: unknown): boolean => codeOf(error) === '23505';

/** Data that cannot be stored (SQLSTATE classes 22 and 23): the others of the batch have nothing to do with it. */
export const isOnesFault = (error: unknown): boolean => /^2[23]/.test(codeOf(error));
