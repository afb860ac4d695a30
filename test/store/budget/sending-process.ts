/**
 * A process of its own that takes touches all the way: reserve, fence, send, record, settle, as `activities/send-touch` does it. It takes up what
 * it finds half done, and is killed at a place around a send that it is told of. Without one it exits when all is done.
 */
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { sendComposed } from '../../../activities/send-touch.ts';
import type { Deps } from '../../../activities/deps.ts';
import { createEmailAdapter } from '../../../channels/email.ts';
import type { ChannelAdapter } from '../../../channels/channel.ts';
import { realClock } from '../../../config/clock.ts';
import { noSystems } from '../../../core/journey/systems.ts';
import { createBudgets, type Budgets } from '../../../store/budget/index.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { recordSent } from '../../../store/touch-messages.ts';
import { touchToSend } from '../../../store/touch-to-send.ts';
import { createKeyedAdapter } from '../../channels/keyed-provider.ts';
import { askOf, policyOf } from './fixtures.ts';
import type { Place, Told } from './killed-told.ts';

const told = JSON.parse(process.argv[2] ?? '{}') as Told;
const policy = policyOf();
const db: Db = openDatabase(told.url, { schema: told.schema, max: 4 });
const real = createBudgets(db, { clock: realClock, onFreed: () => undefined });

const die = (place: string): void => {
  writeSync(1, `${place}\n`);
  process.kill(process.pid, 'SIGKILL');
};
let left = told.dies?.after ?? 0;
function by(place: Place): void {
  if (told.dies?.at !== place) return;
  if (left === 0) die(place);
  left -= 1;
}
async function passing<T>(place: Place, work: Promise<T>): Promise<T> {
  const done = await work;
  by(place);
  return done;
}

const budgets: Budgets = {
  ...real,
  reserve: (ask) => {
    by('asked');
    return passing('reserved', real.reserve(ask));
  },
  fence: (id, ask) => passing('fenced', real.fence(id, ask)),
  settle: (id, attempt, outcome) => passing('settled', real.settle(id, attempt, outcome)),
};

const identity = { from: { name: 'RightTouch', address: 'hello@righttouch.test' }, messageIdDomain: 'righttouch.test' };
const adapter: ChannelAdapter =
  'keyed' in told.provider
    ? createKeyedAdapter(told.provider.keyed, 'email', realClock.now)
    : createEmailAdapter({ host: '127.0.0.1', port: told.provider.smtp, tls: 'none', ...identity }, realClock.now);
const deps: Deps = {
  db,
  budgets,
  channels: { email: { ...adapter, send: (...sent) => passing('answered', adapter.send(...sent)) } },
  clock: realClock,
  log: pino({ level: 'silent' }),
  statusCallback: null,
  defaultTeam: 'care',
  systems: noSystems,
  environment: {},
};

let attempts = 0;
async function make(id: string, customer: string): Promise<void> {
  const before = await db.selectFrom('touches').select('ask').where('id', '=', id).executeTakeFirst();
  for (let ask = before?.ask ?? 1, tryNumber = 1; ;) {
    const since = realClock.now();
    const answer = await budgets.reserve(askOf(id, customer, { ask, policy, firstAskedAt: since }));
    if (answer.is !== 'reserved') return;
    const is = await send(id, customer, ask, tryNumber).catch((error: unknown) => {
      if (tryNumber > 10) throw error;
      return 'again';
    });
    if (is === 'again') tryNumber += 1;
    else if (is === 'deferred') ask += 1;
    else return;
  }
}

async function send(id: string, customer: string, ask: number, tryNumber: number): Promise<string> {
  attempts += 1;
  const text = `This is touch ${id}.`;
  const sent = await sendComposed(
    deps,
    { touch: id, ask, since: realClock.now(), fate: 'drop', facts: {}, fence: { enrolment: 'none', seen: 0 } },
    {
      touch: await touchToSend(db, id),
      channel: 'email',
      policy,
      message: {
        ok: true,
        said: { subject: 'Hello', text },
        outgoing: { to: `${customer}@example.com`, text, subject: 'Hello' },
      },
      attempt: `${told.life}/${String(attempts)}`,
      tryNumber,
      record: (...words) => passing('recorded', recordSent(...words)),
    },
  );
  return sent.is;
}

async function onlyReserve(): Promise<void> {
  await Promise.all(
    told.touches.map(async ({ id, customer }, n) => {
      const answer = await budgets.reserve(askOf(id, customer, { policy, firstAskedAt: realClock.now() }));
      if (answer.is === 'reserved' && n % 4 === 3) await budgets.fence(id, { attempt: told.life, seen: 0, policy });
    }),
  );
  die('reserved');
}

/** A few at a time, as a worker has several activities under way. */
async function makeAll(atOnce = 4): Promise<void> {
  const queue = [...told.touches];
  const one = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await make(next.id, next.customer);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  if (told.dies) die('done');
  process.exit(0);
}

void (told.onlyReserves ? onlyReserve() : makeAll());
