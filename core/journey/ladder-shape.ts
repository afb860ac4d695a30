/** A ladder as stored data. Uses zod: not for workflows. */
import { z } from 'zod';
import { idShape, span } from './shapes.ts';

const rung = z.union([
  idShape,
  z.strictObject({ team: idShape, within: span.optional() }),
  z.strictObject({ person: z.string().min(1).max(100), within: span.optional() }),
]);
export const ladderShape = z.array(rung).max(10);
