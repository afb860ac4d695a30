/** Not for workflows: their sandbox has no node:crypto. */
import { createHash } from 'node:crypto';
import { canonical } from './canonical.ts';

/** SHA-256, in hex, of the canonical JSON: two published definitions are the same if and only if their hashes are. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex');
