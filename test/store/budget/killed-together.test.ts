import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startKeyedProvider, type KeyedProvider } from '../../channels/keyed-provider.ts';
import { builtScript } from '../../servers/built-script.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { drawn } from '../../servers/drawn.ts';
import { testSchema } from '../../servers/running.ts';
import { startInbox, type Inbox } from '../../story/engine.ts';
import { addCustomers } from './fixtures.ts';
import { places, type Told } from './killed-told.ts';
import { differences } from './ledger.ts';

/** The nightly run asks for 32 processes, 200 kills and 40 customers. */
const processes = Number(process.env['RT_PROCESSES'] ?? 4);
const kills = Number(process.env['RT_KILLS'] ?? 6);
const people = Number(process.env['RT_PEOPLE'] ?? 3);
const seed = Number(process.env['RT_SEED'] ?? 32);
const journeys = 20;

let script: string;
let provider: KeyedProvider;
let inbox: Inbox;
let own: OwnDatabase;
beforeAll(async () => {
  script = await builtScript('test/store/budget/sending-process.ts');
  provider = await startKeyedProvider();
  inbox = await startInbox();
});
afterAll(async () => {
  rmSync(script, { force: true });
  await provider.close();
  await inbox.close();
});
beforeEach(async () => {
  own = await ownDatabase();
});
afterEach(() => own.drop());

const everybody = Array.from({ length: people }, (_, n) => `c${String(n)}`);
/** Each journey has one touch for each customer. */
const all = Array.from({ length: journeys }, (_, journey) =>
  everybody.map((customer) => ({ id: `${customer}/journey-${String(journey)}/1`, customer })),
).flat();

/** All processes at once on the same customers, each with its share of all touches; whoever is killed is followed by another. */
async function killThroughout(to: Told['provider']): Promise<Record<string, number>> {
  await addCustomers(own.db, everybody);
  const next = drawn(seed);
  const died: Record<string, number> = {};
  let left = kills;
  const isOver = 'smtp' in to ? ['sent', 'unknown', 'refused'] : ['sent', 'refused'];
  async function oneAfterAnother(share: Told['touches'], slot: number): Promise<void> {
    for (let life = 0; ; life += 1) {
      const known = await own.db.selectFrom('touches').select(['id', 'state']).execute();
      const over = new Set(known.flatMap(({ id, state }) => (isOver.includes(state) ? [id] : [])));
      const touches = share.filter(({ id }) => !over.has(id));
      const at = places[Math.floor(next() * places.length)] ?? 'asked';
      const dies = touches.length > 0 && left > 0 ? { at, after: Math.floor(next() * 2) } : null;
      left -= dies ? 1 : 0;
      const told: Told = {
        url: own.url,
        schema: testSchema,
        life: `${String(slot)}.${String(life)}`,
        provider: to,
        touches,
        dies,
      };
      const child = spawn(process.execPath, [script, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let place = 'nowhere';
      child.stdout.on('data', (data: Buffer) => (place = data.toString().trim()));
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      if (signal === null && code !== 0) throw new Error(`Process ${told.life} ended with ${String(code)}`);
      if (signal === null) return;
      died[place] = (died[place] ?? 0) + 1;
    }
  }
  await Promise.all(
    Array.from({ length: processes }, (_, slot) =>
      oneAfterAnother(
        all.filter((__, n) => n % processes === slot),
        slot,
      ),
    ),
  );
  return died;
}

const statesOf = async (customer: string): Promise<Record<string, number>> => {
  const touches = await own.db.selectFrom('touches').select('state').where('customer_id', '=', customer).execute();
  const counts: Record<string, number> = {};
  for (const { state } of touches) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};
const tell = (to: string, died: Readonly<Record<string, number>>, bodies: number, more: string): void => {
  const total = Object.values(died).reduce((sum, n) => sum + n, 0);
  console.info(
    `${String(processes)} processes, ${String(journeys)} journeys, cap 3 in 7 days, ${String(people)} customers, killed ${String(total)} times, ${to}: ${String(bodies)} bodies at the provider${more} ${JSON.stringify(died)}`,
  );
};

test(
  'processes killed throughout, a provider with keys: exactly 3 bodies for each customer, and none lost',
  async () => {
    const died = await killThroughout({ keyed: provider.url });
    for (const customer of everybody) {
      expect(await statesOf(customer)).toEqual({ sent: 3, refused: journeys - 3 });
      expect([...provider.bodies.keys()].filter((key) => key.startsWith(`${customer}/`))).toHaveLength(3);
    }
    expect(await differences(own.db)).toEqual([]);
    tell('with keys', died, provider.bodies.size, `, ${String(provider.repeated())} sent again under their key`);
  },
  120_000 + (processes + kills) * 15_000,
);

test(
  'the same, a provider without keys: 3 places for each customer, none sent again, none lost; what is uncertain keeps its place',
  async () => {
    const died = await killThroughout({ smtp: inbox.port });
    let unknown = 0;
    for (const customer of everybody) {
      const states = await statesOf(customer);
      const heard = inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`"${customer}@`)).length;
      expect([customer, (states['sent'] ?? 0) + (states['unknown'] ?? 0), states['refused']]).toEqual([
        customer,
        3,
        journeys - 3,
      ]);
      expect(heard).toBeGreaterThanOrEqual(states['sent'] ?? 0);
      expect(heard).toBeLessThanOrEqual(3);
      unknown += states['unknown'] ?? 0;
    }
    expect(new Set(inbox.mails.map(({ messageId }) => messageId)).size).toBe(inbox.mails.length);
    expect(await differences(own.db)).toEqual([]);
    tell('without keys', died, inbox.mails.length, `, ${String(unknown)} uncertain`);
  },
  120_000 + (processes + kills) * 15_000,
);
