/** Tells everybody of a move, page by page, and says what came of it. Stopped anywhere, the same command goes on with it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { part, type ApiClient } from './api-client.ts';
import { count } from './check-project.ts';
import type { Io } from './io.ts';

export const moveShape = z.looseObject({
  id: z.string(),
  journey: z.string(),
  from: z.number(),
  to: z.number(),
  state: z.string(),
  moved: z.number(),
  told: z.number(),
  ended: z.number(),
  stayed: z.array(z.looseObject({ because: z.string(), customers: z.number() })),
});
export type Move = z.infer<typeof moveShape>;
const page = z.looseObject({ told: z.number(), done: z.boolean() });

const waitsAtMostMs = 20_000;
const looksEveryMs = 250;

/** Until all who wait have moved; who is just doing something is not waited for longer than that. */
export async function finishMove(client: ApiClient, id: string): Promise<Move> {
  const path = `/v1/moves/${part(id)}`;
  for (;;) {
    const { told, done } = await client.call('POST', `${path}/tell`, page, { body: { limit: 200 } });
    if (done) break;
    if (told === 0) await sleep(looksEveryMs); // All who are left are busy with something else.
  }
  const end = Date.now() + waitsAtMostMs;
  for (;;) {
    const move = await client.call('GET', path, moveShape);
    if (move.told === 0 || Date.now() > end) return move;
    await sleep(looksEveryMs);
  }
}

export function tellMove(io: Io, { journey, from, to, moved, told, ended, stayed }: Move): void {
  io.out(`${journey}: ${count(moved, 'customer')} moved from ${String(from)} to ${String(to)}.`);
  if (told > 0) io.out(`  ${String(told)} will move when what they are doing is done.`);
  if (ended > 0) io.out(`  ${String(ended)} ended before they could.`);
  for (const { because, customers } of stayed) io.out(`  ${String(customers)} stayed: ${because}`);
}
