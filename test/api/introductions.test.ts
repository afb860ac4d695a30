import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDefaultTaskFor } from '../../store/default-task.ts';
import { deskOf } from '../../store/desk.ts';
import { monday, ownApi, type Answer, type OwnApi } from './own-api.ts';
import { publishSamples } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  for (const name of ['Ana', 'Ben', 'Cem', 'Dan']) {
    await api.call('PUT', `/v1/agents/${name}`, { body: { teams: ['care'], languages: ['en'] } });
    if (name !== 'Dan') await approved(name, 'name', { text: name });
  }
  await approved('Ana', 'detail', { text: 'I <b>grow</b> tomatoes' });
  await approved('Ana', 'photo', { picture: Buffer.from('89504e470d0a1a0a0000', 'hex').toString('base64') });
  await api.call('PUT', '/v1/agents/Ana/fragments/expertise', { body: { text: 'not approved of' } });
});
afterAll(() => api.stop());

async function approved(who: string, fragment: string, body: object): Promise<void> {
  await api.call('PUT', `/v1/agents/${who}/fragments/${fragment}`, { body });
  expect((await api.call('PUT', `/v1/agents/${who}/fragments/${fragment}/approval`)).status).toBe(204);
}
let tasks = 0;
async function task(customerId = `c-${String((tasks += 1))}`): Promise<string> {
  await api.call('PUT', `/v1/customers/${customerId}`, { body: { fields: { firstName: 'Cleo' } } });
  const asked = { customerId, team: 'care', reasonId: `${customerId}/${String((tasks += 1))}`, because: 'They wrote' };
  const opened = await openDefaultTaskFor(api.db, await deskOf(api.db, 'care'), { ...asked, now: monday });
  return 'taskId' in opened ? opened.taskId : '';
}
const introduce = (id: string, agent: string, more: object = {}): Promise<Answer> =>
  api.call('POST', `/v1/tasks/${id}/introduction`, { body: { agent, ...more } });
const of = async (
  id: string,
): Promise<{ items: { agent: string; kind: string; state: string }[]; openingLine: string }> =>
  (await api.call('GET', `/v1/tasks/${id}/introduction?agent=Ana`)).body as never;
/** As the task's workflow leaves it. */
const placed = (id: string): Promise<unknown> =>
  api.db
    .updateTable('introductions')
    .set({ state: 'placed', ask_at: null })
    .where('task_id', '=', id)
    .where('state', '=', 'asked')
    .execute();
const cardOf = async (id: string): Promise<string> => {
  const row = await api.db
    .selectFrom('introductions')
    .select('card')
    .where('task_id', '=', id)
    .orderBy('number')
    .executeTakeFirstOrThrow();
  return `/cards/${row.card}`;
};

describe('An introduction', () => {
  it('is asked for with its time, and read with a line to begin with', async () => {
    const id = await task();
    const when = '2026-03-02T14:00:00.000Z';
    expect((await introduce(id, 'Ana', { when })).body).toMatchObject({
      agent: 'Ana',
      kind: 'introduction',
      state: 'asked',
      when,
      because: null,
    });
    const read = await of(id);
    expect(read.items).toMatchObject([{ agent: 'Ana', state: 'asked' }]);
    expect(read.openingLine).toBe('Hello Cleo, this is Ana. They wrote');
    expect((await introduce(id, 'Nobody')).status).toBe(404);
    expect((await introduce('t_none', 'Ana')).status).toBe(404);
    expect((await introduce(id, 'Ana', { when: '2026-03-02T08:00:00.000Z' })).status).toBe(422);
  });
  it('is corrected when another person takes the task before contact, and never twice', async () => {
    const id = await task();
    await introduce(id, 'Ana');
    await placed(id);
    for (const agent of ['Ben', 'Cem']) {
      await api.call('POST', `/v1/tasks/${id}/claim`, { body: { agent } });
      await placed(id);
      await api.call('POST', `/v1/tasks/${id}/release`, { body: { agent } });
    }
    expect((await of(id)).items).toMatchObject([
      { agent: 'Ana', kind: 'introduction' },
      { agent: 'Ben', kind: 'correction' },
    ]);
    expect((await introduce(id, 'Cem')).body).toMatchObject({
      state: 'none',
      because: 'it was corrected once already, to Ben',
    });
  });
  it('that was not said yet is taken back instead', async () => {
    const id = await task();
    await introduce(id, 'Ana');
    await api.call('POST', `/v1/tasks/${id}/claim`, { body: { agent: 'Ben' } });
    expect((await of(id)).items).toMatchObject([{ agent: 'Ana', state: 'none', because: 'another person comes' }]);
  });
  it('is not made where either side wants none, under a guard, or without a name; and why tells so', async () => {
    const none = async (id: string, agent = 'Ana'): Promise<unknown> =>
      ((await introduce(id, agent)).body as { because: unknown }).because;
    const guarded = await task('guarded');
    const body = {
      fact: 'bereavement',
      customers: ['guarded'],
      reason: 'told us',
      reviewAt: '2026-12-20T00:00:00.000Z',
    };
    expect((await api.call('POST', '/v1/guards', { body })).status).toBeLessThan(300);
    expect(await none(guarded)).toBe('a guard holds: bereavement');
    const why = await api.call('GET', '/v1/customers/guarded/why?for=designer');
    expect(why.text).toContain('Nobody was introduced: a guard holds: bereavement.');

    const unwilling = await task('unwilling');
    const wish = await api.call('PUT', '/v1/customers/unwilling/introductions', {
      body: { wanted: false, source: 'phone' },
    });
    expect(wish.body).toMatchObject({ wanted: false, source: 'phone' });
    expect(await none(unwilling)).toBe('the customer wants none');
    await api.call('PUT', '/v1/customers/unwilling/introductions', { body: { wanted: true, source: 'phone' } });
    expect((await api.call('GET', '/v1/customers/unwilling/introductions')).body).toMatchObject({
      wanted: true,
      source: null,
      items: [{ state: 'none' }],
    });

    await api.call('PUT', '/v1/agents/Ana/introductions', { body: { wanted: false } });
    expect(await none(unwilling)).toBe('Ana wants none');
    await api.call('PUT', '/v1/agents/Ana/introductions', { body: { wanted: true } });
    expect(await none(unwilling, 'Dan')).toBe('Dan has not approved of showing a name');
    expect(await none(unwilling)).toBeNull();
  });
});

describe('A card', () => {
  const look = (path: string): Promise<Answer> => api.call('GET', path, { key: null });
  it('shows without a sign-in what its person approved of, as text, by a policy that runs nothing', async () => {
    const id = await task();
    await introduce(id, 'Ana');
    const page = await look(await cardOf(id));
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      ...{ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; img-src 'self'; style-src 'sha256-[^']+'; /,
      ),
    });
    expect(page.text).toContain('<h1>Ana</h1>');
    expect(page.text).toContain('I &lt;b&gt;grow&lt;/b&gt; tomatoes');
    expect(page.text).toMatch(/<img src="\/people\/p_\w+" alt="">/);
    expect(page.text).not.toMatch(/not approved|Cleo|c-\d|<script/);
    expect((await look('/cards/c_nothing')).status).toBe(404);
  });
  it('is gone after its time, when another person comes, and when its name is withdrawn', async () => {
    const id = await task();
    await introduce(id, 'Ben');
    await placed(id);
    const path = await cardOf(id);
    expect((await look(path)).status).toBe(200);
    api.clock.now = monday + 14 * 86_400_000;
    expect(await look(path)).toMatchObject({ status: 410, headers: { 'content-type': 'text/html; charset=utf-8' } });
    api.clock.now = monday;
    await api.call('POST', `/v1/tasks/${id}/claim`, { body: { agent: 'Cem' } });
    await placed(id);
    expect((await look(path)).status).toBe(410);
    const other = await task();
    await introduce(other, 'Cem');
    const theirs = await cardOf(other);
    expect((await look(theirs)).status).toBe(200);
    await api.call('DELETE', '/v1/agents/Cem/fragments/name');
    expect((await look(theirs)).status).toBe(410);
  });
});
