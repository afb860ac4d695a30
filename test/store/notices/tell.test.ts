import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { putAgent, setShift } from '../../../store/agents/agents.ts';
import { setReached } from '../../../store/agents/reached.ts';
import { forgetNotices } from '../../../store/notices/forget.ts';
import { shareOutNotices, type Via } from '../../../store/notices/share-out.ts';
import {
  takeMessages,
  tellingsFailed,
  tellingsSettled,
  tellingTries,
  type Message,
} from '../../../store/notices/tell.ts';
import { claimTask } from '../../../store/tasks/claim.ts';
import { climbTask } from '../../../store/tasks/climb.ts';
import { ownDb } from '../own-db.ts';
import { addSpan, customer, desk, hour, journey, minute, noon, opened, publishAll } from '../setting.ts';

const db = await ownDb();
const agent = async (name: string, focusUntil: number | null = null): Promise<void> => {
  const said = { languages: ['en'], skills: [], interests: [], sharesInterests: false, hours: null, zone: null };
  await putAgent(db, { name, ...said, teams: ['care'], capacity: 1 }, noon);
  await setShift(db, name, true, noon);
  await setReached(db, name, { email: `${name}@example.com`, slack: name === 'ana' ? 'U1' : null, focusUntil });
};
beforeAll(async () => {
  await publishAll(db, journey('inquiry', ['we-answered']));
  await agent('ana');
  await agent('ben');
});
beforeEach(async () => {
  await db.deleteFrom('notices').execute();
});

let n = 0;
/** By nobody, so that all of the team hear of it: a suggestion would name one. */
const task = async (): Promise<string> => {
  const id = await opened(db, await customer(db, `c-${String((n += 1))}`));
  await db.updateTable('tasks').set({ held_out: true }).where('id', '=', id).execute();
  return id;
};
const ways: readonly Via[] = ['email', 'slack'];
const shareOut = (now = noon, hasChannel = false): Promise<number> =>
  shareOutNotices(db, { ways, hasChannel, now, limit: 50 });
const said = (messages: readonly Message[]): string[] =>
  messages
    .map(
      ({ recipient, via, address, tellings }) =>
        `${recipient} by ${via} at ${String(address)}: ${tellings.map(({ kind }) => kind).join(' ')}`,
    )
    .sort();
const take = (now = noon): Promise<Message[]> => takeMessages(db, { now, limit: 50 });
const settle = async (messages: readonly Message[], now = noon): Promise<void> => {
  for (const { tellings } of messages)
    await tellingsSettled(
      db,
      tellings.map(({ id }) => id),
      now,
    );
};

describe('Our people', () => {
  it('are told by what each has, and what is nobody’s yet in the channel of the desk, too; each once', async () => {
    await task();
    expect(await shareOut(noon, true)).toBe(1);
    expect(await shareOut(noon, true)).toBe(0);
    const [one, two] = await Promise.all([take(), take()]);
    expect(said([...one, ...two])).toEqual([
      '# by slack at null: new',
      'ana by email at ana@example.com: new',
      'ana by slack at U1: new',
      'ben by email at ben@example.com: new',
    ]);
    await settle([...one, ...two]);
    expect(await take(noon + hour)).toEqual([]);
  });

  it('hear of calm news in one message, five minutes after the last one', async () => {
    await task();
    await shareOut();
    await settle(await take());
    await task();
    await shareOut(noon + minute);
    await task();
    await shareOut(noon + 2 * minute);
    expect(await take(noon + 4 * minute)).toEqual([]);
    expect(said(await take(noon + 5 * minute))).toEqual([
      'ana by email at ana@example.com: new new',
      'ana by slack at U1: new new',
      'ben by email at ben@example.com: new new',
    ]);
  });

  it('hear at once of what is new after something that was of no use by the time it was told', async () => {
    await claimTask(db, { id: await task(), by: 'ana', now: noon, holdUntil: noon + hour, addSpan });
    await shareOut();
    expect(await take()).toEqual([]);
    await task();
    await shareOut(noon + minute);
    expect(said(await take(noon + minute))).toHaveLength(3);
  });

  it('are told at once of what misses its time, with all that waits for them, and only whom it concerns', async () => {
    const id = await task();
    await shareOut();
    await settle(await take());
    await task();
    await shareOut(noon + minute);
    await claimTask(db, { id, by: 'ana', now: noon, holdUntil: noon + hour, addSpan });
    await climbTask(db, id, noon + 3 * hour, desk);
    await shareOut(noon + minute);
    expect(said(await take(noon + minute))).toEqual([
      'ana by email at ana@example.com: new warning',
      'ana by slack at U1: new warning',
    ]);
  });

  it('are left alone in their focus time, but for what misses its time', async () => {
    await agent('ana', noon + hour);
    const id = await task();
    await shareOut();
    expect(said(await take())).toEqual(['ben by email at ben@example.com: new']);
    await claimTask(db, { id, by: 'ana', now: noon, holdUntil: noon + hour, addSpan });
    await climbTask(db, id, noon + 3 * hour, desk);
    await shareOut(noon + minute);
    const warned = await take(noon + minute);
    expect(said(warned)).toEqual(['ana by email at ana@example.com: warning', 'ana by slack at U1: warning']);
    await settle(warned);
    // What was new meanwhile has somebody by now: it is of no use to tell.
    expect(await take(noon + hour)).toEqual([]);
    await agent('ana');
  });

  it('hear it again where it failed, later and later, and at last no more', async () => {
    await task();
    await shareOut();
    const messages = await take();
    const ids = messages.flatMap(({ tellings }) => tellings.map((each) => each.id));
    expect(await tellingsFailed(db, ids, { because: 'busy', now: noon })).toBe(0);
    expect(await take(noon + 1_000)).toEqual([]);
    let now = noon;
    for (let tries = 1; tries < tellingTries; tries += 1) {
      now += hour;
      expect(await take(now)).toHaveLength(messages.length);
      await tellingsFailed(db, ids, { because: 'busy', now });
    }
    expect(await take(now + hour)).toEqual([]);
  });
});

it('Who was told of what is forgotten after its time, and a task’s own log is not', async () => {
  const id = await task();
  await shareOut();
  await settle(await take());
  await db
    .updateTable('notices')
    .set({ due_at: new Date(noon) })
    .execute();
  expect(await forgetNotices(db, { before: noon, limit: 10 })).toBe(0);
  expect(await forgetNotices(db, { before: noon + 1, limit: 10 })).toBe(1);
  expect(await db.selectFrom('tellings').select('id').execute()).toEqual([]);
  expect(await db.selectFrom('task_log').select('action').where('task_id', '=', id).execute()).toEqual([
    { action: 'open' },
  ]);
});
