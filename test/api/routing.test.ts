import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskOf } from '../../store/desk.ts';
import { openDefaultTaskFor } from '../../store/default-task.ts';
import { monday, ownApi, type OwnApi } from './own-api.ts';
import { publishSamples } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  const body = { teams: ['care'], languages: ['de'], interests: ['chess'], sharesInterests: true };
  await api.call('PUT', '/v1/agents/Ana', { body });
  await api.call('PUT', '/v1/agents/Ana/shift', { body: { on: true } });
  await api.call('PUT', '/v1/customers/c-1', { body: { locale: 'de' } });
});
afterAll(() => api.stop());

describe('What a customer likes', () => {
  it('is written down with how we know that it may count, read, and forgotten', async () => {
    const path = '/v1/customers/c-1/interests';
    expect((await api.call('GET', path)).status).toBe(404);
    const put = await api.call('PUT', path, { body: { interests: ['chess'], source: 'phone' } });
    expect(put.body).toMatchObject({ interests: ['chess'], source: 'phone', actor: 'everything' });
    expect((await api.call('PUT', path, { body: { interests: ['chess'] } })).status).toBe(400);
    expect((await api.call('DELETE', path)).status).toBe(204);
    expect((await api.call('GET', path)).status).toBe(404);
    expect((await api.call('DELETE', path)).status).toBe(404);
    expect(
      (await api.call('PUT', '/v1/customers/nobody/interests', { body: { interests: ['a'], source: 'b' } })).status,
    ).toBe(404);
  });
});

describe('A task', () => {
  it('says whom it fits best, and why; in the inbox, too; and what that changes is measured', async () => {
    const desk = await deskOf(api.db, 'care');
    // Some are held out: by the random id of each.
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await api.call('PUT', `/v1/customers/c-${String(n)}`, { body: { locale: 'de' } });
      const asked = {
        customerId: `c-${String(n)}`,
        team: 'care',
        reasonId: `r-${String(n)}`,
        because: 'They wrote',
        now: monday,
      };
      const opened = await openDefaultTaskFor(api.db, desk, asked);
      if ('taskId' in opened) ids.push(opened.taskId);
    }
    await api.db
      .updateTable('tasks')
      .set({ held_out: false })
      .where('id', '<>', ids[2] ?? '')
      .execute();
    await api.db
      .updateTable('tasks')
      .set({ held_out: true })
      .where('id', '=', ids[2] ?? '')
      .execute();
    const suggested = { agent: 'Ana', because: ['speaks de', 'has 0 of 5 tasks'] };
    expect((await api.call('GET', `/v1/tasks/${ids[0] ?? ''}`)).body).toMatchObject({ suggested });
    expect((await api.call('GET', `/v1/tasks/${ids[2] ?? ''}`)).body).toMatchObject({ suggested: null });
    const { items } = (await api.call('GET', '/v1/inbox')).body as { items: { id: string; suggested: unknown }[] };
    expect(items.find(({ id }) => id === ids[0])).toMatchObject({ suggested });
    expect(items.find(({ id }) => id === ids[2])).toMatchObject({ suggested: null });
    expect((await api.call('GET', '/v1/routing/effect?since=2026-03-01T00:00:00.000Z')).body).toMatchObject({
      items: [
        { heldOut: false, tasks: 2, claimed: 0, medianMsToClaim: null },
        { heldOut: true, tasks: 1 },
      ],
    });
  });
});
