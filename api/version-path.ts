import { z } from 'zod';
import { Problem } from './problems.ts';
import { name } from './shapes.ts';

export const version = z.number().int().min(1).max(1_000_000);
export const versionPath = z.strictObject({ name, version: z.coerce.number().int().min(1).max(1_000_000) });

export const noVersion = (journey: string, at: number): Problem =>
  new Problem('not-found', `There is no version ${at} of a journey '${journey}'.`);
