import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { realClock } from '../../../config/clock.ts';
import { createBudgets } from '../../../store/budget/index.ts';
import { reconcile } from '../../../worker/reconciler.ts';
import { startKeyedProvider, type KeyedProvider } from '../../channels/keyed-provider.ts';
import { builtScript } from '../../servers/built-script.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { startInbox, type Inbox } from '../../story/engine.ts';
import { startLives, type Lives } from './killed-lives.ts';
import { differences } from './ledger.ts';

/** The nightly run asks for 1,000: RT_KILLS=1000. */
const kills = Number(process.env['RT_KILLS'] ?? 8);
const seed = Number(process.env['RT_SEED'] ?? 9);
const setting = { seed, lanes: 2, customersEach: 1, touchesEach: 6, schema: testSchema };
const weekMs = 7 * 86_400_000;
const withinMs = 60_000 + kills * 3_000;

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

const touches = () =>
  own.db.selectFrom('touches').select(['id', 'customer_id', 'state', 'cost', 'sending_at', 'settled_at']).execute();
type Touch = Awaited<ReturnType<typeof touches>>[number];

/** Windows that hold more than 3, over what counts: what was sent, and what may have been. */
function over(all: readonly Touch[]): string[] {
  const counts = all.filter(({ state }) => ['sending', 'sent', 'unknown'].includes(state));
  return counts.flatMap((last) => {
    const end = last.sending_at?.getTime() ?? 0;
    const used = counts.filter(({ customer_id, sending_at }) => {
      const at = sending_at?.getTime() ?? 0;
      return customer_id === last.customer_id && at <= end && at > end - weekMs;
    });
    return used.reduce((sum, { cost }) => sum + cost, 0) > 3 ? [last.id] : [];
  });
}
const of = (all: readonly Touch[], customer: string, ...states: string[]): Touch[] =>
  all.filter((t) => t.customer_id === customer && states.includes(t.state));

test(
  'killed at each point around a send, a provider with keys: nobody over budget, no touch lost, none with two effects',
  async () => {
    const { url, db } = own;
    const lives = startLives({ ...setting, db, url, script, provider: { keyed: provider.url } });
    provider.onTaken = (to) => lives.handedOver(to.slice(0, to.indexOf('@')));
    await lives.run(kills);
    const all = await touches();
    expect(over(all)).toEqual([]);
    for (const customer of lives.customers) {
      // A place that a killed process had is used again under the same touch, and what it had on its way is sent again under the same key.
      expect(of(all, customer, 'sent')).toHaveLength(3);
      expect(of(all, customer, 'refused')).toHaveLength(3);
      const bodies = [...provider.bodies.keys()].filter((key) => key.startsWith(`${customer}/`));
      expect(bodies.sort()).toEqual(
        of(all, customer, 'sent')
          .map(({ id }) => id)
          .sort(),
      );
    }
    expect(await differences(db)).toEqual([]);
    tell(
      lives,
      `${String(provider.bodies.size)} messages at the provider, ${String(provider.repeated())} sent again under their key`,
    );
  },
  withinMs,
);

test(
  'killed at each point around a send, a provider without keys: none is sent again, what is uncertain is told so within 60 s and keeps its place',
  async () => {
    const { url, db } = own;
    const lives = startLives({ ...setting, db, url, script, provider: { smtp: inbox.port } });
    const toWhom = (mail: Inbox['mails'][number]): string => /l\d+-\d+-\d+/.exec(JSON.stringify(mail.to))?.[0] ?? '';
    inbox.answer = async (mail) => {
      await lives.handedOver(toWhom(mail));
      return null;
    };
    const budgets = createBudgets(db, { clock: realClock, onFreed: () => undefined });
    // As every worker does it, for what no process takes up in time.
    const looking = setInterval(() => {
      void reconcile({ db, budgets, channels: {}, clock: realClock, log: pino({ level: 'silent' }) });
    }, 10_000);
    await lives.run(kills).finally(() => {
      clearInterval(looking);
    });

    const all = await touches();
    expect(over(all)).toEqual([]);
    const named = inbox.mails.map(({ messageId }) => messageId);
    expect(new Set(named).size).toBe(named.length);
    const heard = (touchId: string): number =>
      inbox.mails.filter(({ text }) => text?.includes(`touch ${touchId}.`)).length;
    for (const customer of lives.customers) {
      expect(of(all, customer, 'sent', 'unknown')).toHaveLength(3);
      for (const { id } of of(all, customer, 'sent')) expect([id, heard(id)]).toEqual([id, 1]);
      for (const { id } of of(all, customer, 'unknown')) expect(heard(id)).toBeLessThanOrEqual(1);
    }
    const uncertain = all.filter(({ state }) => state === 'unknown');
    const longestMs = Math.max(
      0,
      ...uncertain.map((t) => (t.settled_at?.getTime() ?? Infinity) - (t.sending_at?.getTime() ?? 0)),
    );
    expect(longestMs).toBeLessThanOrEqual(60_000);
    expect(await differences(db)).toEqual([]);

    // Reconciled: what arrived keeps its place, what did not gives it back.
    let arrived = 0;
    for (const { id } of uncertain)
      if (heard(id) === 1) {
        arrived += 1;
        await budgets.settleByReceipt(
          { touchId: id, providerId: `p/${id}` },
          { status: 'delivered', at: realClock.now() },
        );
      } else await budgets.settleByLookUp(id, { is: 'failed', code: 'absent' });
    const after = await touches();
    expect(after.filter(({ state }) => state === 'failed')).toHaveLength(uncertain.length - arrived);
    expect(after.filter(({ state }) => state === 'sent')).toHaveLength(inbox.mails.length);
    expect(await differences(db)).toEqual([]);
    tell(
      lives,
      `${String(inbox.mails.length)} mails, ${String(uncertain.length)} uncertain (${String(arrived)} of them had arrived), none longer than ${(longestMs / 1_000).toFixed(1)} s without being told so`,
    );
  },
  withinMs,
);

function tell({ died, customers }: Lives, more: string): void {
  const total = Object.values(died).reduce((sum, n) => sum + n, 0);
  expect(total).toBe(kills);
  console.info(
    `${String(total)} kills around sends to ${String(customers.length)} customers: ${more}, 0 over budget ${JSON.stringify(died)}`,
  );
}
