/** Starts processes that take touches all the way, one after the other on each lane, and each killed at a place that the seed draws. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Db } from '../../../store/open.ts';
import { drawn } from '../../servers/drawn.ts';
import { addCustomers } from './fixtures.ts';
import { places, type Told } from './killed-told.ts';

export interface Lives {
  /** How many were killed where. */
  readonly died: Readonly<Record<string, number>>;
  readonly customers: readonly string[];
  /** To be called by the provider, with the customer's id, before it answers: it may have its sender killed. */
  readonly handedOver: (customer: string) => Promise<void>;
  /** So many are killed; then what they left behind is done by processes that live. */
  run(kills: number): Promise<void>;
}

export interface LivesOptions extends Pick<Told, 'url' | 'schema' | 'provider'> {
  readonly db: Db;
  readonly script: string;
  readonly seed: number;
  readonly lanes: number;
  /** Each life begins with so many customers whom nobody has touched, and what the one before it left. */
  readonly customersEach: number;
  readonly touchesEach: number;
}

const over = ['sent', 'refused', 'failed'] as const;

export function startLives(options: LivesOptions): Lives {
  const { db, script, seed, lanes, customersEach, touchesEach } = options;
  const next = drawn(seed);
  const died: Record<string, number> = {};
  const customers: string[] = [];
  const atProvider = new Map<number, { child: ChildProcess; left: number }>();

  async function life(lane: number, n: number, mine: string[], dies: Told['dies']): Promise<void> {
    const { url, schema, provider } = options;
    const touches = await openOf(mine);
    const told: Told = { url, schema, provider, touches, life: `${String(lane)}.${String(n)}`, dies };
    const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let place = 'handed over';
    child.stdout.on('data', (data: Buffer) => (place = data.toString().trim()));
    if (dies?.at === 'handed over') atProvider.set(lane, { child, left: dies.after });
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    atProvider.delete(lane);
    if (signal === 'SIGKILL') died[place] = (died[place] ?? 0) + 1;
    else if (dies !== null || code !== 0)
      throw new Error(`A process of lane ${String(lane)} ended with ${String(code)}`);
  }

  /** In the order in which they are to be taken up: what was left first. */
  async function openOf(mine: readonly string[]): Promise<Told['touches']> {
    const all = mine.flatMap((customer) =>
      Array.from({ length: touchesEach }, (_, t) => ({ id: `${customer}/t${String(t)}/1`, customer })),
    );
    const done = await db
      .selectFrom('touches')
      .select('id')
      .where('customer_id', 'in', [...mine])
      .where('state', 'in', 'smtp' in options.provider ? [...over, 'unknown'] : [...over])
      .execute();
    const known = new Set(done.map(({ id }) => id));
    return all.filter(({ id }) => !known.has(id));
  }

  return {
    died,
    customers,
    async handedOver(customer) {
      const lane = Number(/^l(\d+)-/.exec(customer)?.[1]);
      const at = atProvider.get(lane);
      if (!at) return;
      if (at.left > 0) at.left -= 1;
      else {
        at.child.kill('SIGKILL');
        await once(at.child, 'close');
      }
    },
    async run(kills) {
      let begun = 0;
      await Promise.all(
        Array.from({ length: lanes }, async (_, lane) => {
          const mine: string[] = [];
          for (let n = 0; begun < kills; n += 1) {
            begun += 1;
            const fresh = Array.from(
              { length: customersEach },
              (__, c) => `l${String(lane)}-${String(n)}-${String(c)}`,
            );
            await addCustomers(db, fresh);
            customers.push(...fresh);
            mine.push(...fresh);
            // Whoever has nothing left to do is not asked about again.
            const open = new Set((await openOf(mine)).map(({ customer }) => customer));
            mine.splice(0, mine.length, ...mine.filter((id) => open.has(id)));
            const at = places[Math.floor(next() * places.length)] ?? 'asked';
            await life(lane, n, mine, { at, after: Math.floor(next() * 4) });
          }
          await life(lane, kills, mine, null);
        }),
      );
    },
  };
}
