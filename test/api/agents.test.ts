import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { deskOf } from '../../store/desk.ts';
import { openTask } from '../../store/tasks/open.ts';
import { monday, ownApi, type Answer, type OwnApi } from './own-api.ts';
import { publishSamples } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
});
afterAll(() => api.stop());

const ana = { teams: ['care'], languages: ['de', 'en'], skills: ['billing'], capacity: 4 };
const put = (name: string, body: object = ana): Promise<Answer> => api.call('PUT', `/v1/agents/${name}`, { body });

describe('An agent', () => {
  it('is put, read, listed by team, and said anew', async () => {
    expect((await put('Ana')).body).toMatchObject({ name: 'Ana', ...ana, interests: [], onShift: false, hours: null });
    await put('Ben', { ...ana, teams: ['field'], hours: 'Mon-Fri 22:00-06:00', zone: 'Europe/Berlin' });
    expect((await put('Ana', { ...ana, capacity: 6 })).body).toMatchObject({ capacity: 6 });
    expect((await api.call('GET', '/v1/agents?team=field')).body).toMatchObject({
      items: [{ name: 'Ben' }],
      next: null,
    });
    expect((await api.call('GET', '/v1/agents/Ben')).body).toMatchObject({ hours: 'Mon-Fri 22:00-06:00' });
    expect((await api.call('GET', '/v1/agents/Nobody')).status).toBe(404);
  });

  it('is refused where a team, hours or a field is none', async () => {
    for (const [body, field] of [
      [{ ...ana, teams: ['caer'] }, 'team'],
      [{ ...ana, hours: 'always', zone: 'Europe/Berlin' }, 'hours'],
      [{ ...ana, hours: 'Mon-Fri 09:00-17:00' }, 'zone'],
      [{ ...ana, capacity: 0 }, 'capacity'],
    ] as const)
      expect(((await put('Cem', body)).body as { faults: { field: string }[] }).faults[0]?.field).toBe(field);
    expect((await api.call('GET', '/v1/agents/Cem')).status).toBe(404);
  });

  it('has no field for what nobody may decide by', async () => {
    const never = [
      'age',
      'birthday',
      'sex',
      'gender',
      'religion',
      'ethnicity',
      'nationality',
      'health',
      'disability',
      'orientation',
      'union',
    ];
    for (const field of never) expect((await put('Dana', { ...ana, [field]: 'x' })).status).toBe(400);
    const columns = await sql<{ name: string }>`
      select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name in ('agents', 'agent_fragments')`.execute(api.db);
    expect(columns.rows.map(({ name }) => name).sort()).toEqual([
      ...['address', 'agent', 'approved_at', 'capacity', 'content', 'created_at', 'email', 'focus_until', 'fragment'],
      ...['hours', 'interests', 'introduces', 'languages', 'media_type', 'name', 'on_shift', 'said_at'],
      ...['shares_interests', 'shift_since', 'skills', 'slack', 'teams', 'updated_at', 'withdrawn_at', 'zone'],
    ]);
  });

  it('who goes off shift gives back what they have', async () => {
    await put('Eva');
    expect((await api.call('PUT', '/v1/agents/Eva/shift', { body: { on: true } })).body).toMatchObject({
      onShift: true,
    });
    await api.call('PUT', '/v1/customers/c-eva', { body: { zone: 'Europe/Berlin' } });
    const { addSpan } = await deskOf(api.db, 'care');
    const opened = await openTask(api.db, {
      ...{ customerId: 'c-eva', team: 'care', reasonId: 'eva', enrolmentId: null, journey: null, step: null },
      ...{ because: 'They wait', within: '4 business hours', outcomes: ['helped'], now: monday, addSpan },
    });
    if (opened.is !== 'opened') throw new Error('overtaken');
    const path = `/v1/tasks/${opened.taskId}`;
    await api.call('POST', `${path}/claim`, { body: { agent: 'Eva' } });
    const off = await api.call('PUT', '/v1/agents/Eva/shift', { body: { on: false } });
    expect(off.body).toMatchObject({ onShift: false, shiftSince: '2026-03-02T09:00:00.000Z' });
    expect((await api.call('GET', path)).body).toMatchObject({ state: 'open', claimedBy: null });
    expect((await api.call('PUT', '/v1/agents/Nobody/shift', { body: { on: true } })).status).toBe(404);
  });
});

describe('What customers may see of an agent', () => {
  const of = (fragment: string): string => `/v1/agents/Fay/fragments/${fragment}`;
  const look = (path: string): Promise<Answer> => api.call('GET', path, { key: null });
  const say = async (fragment: string, body: object): Promise<string> =>
    ((await api.call('PUT', of(fragment), { body })).body as { path: string }).path;
  beforeAll(() => put('Fay'));

  it('is seen once they approved of it, each fragment for itself, and is gone when they withdraw it', async () => {
    const name = await say('name', { text: 'Fay' });
    const detail = await say('detail', { text: 'I grow tomatoes <b>on a roof</b>' });
    expect((await look(detail)).status).toBe(404);
    expect((await api.call('PUT', `${of('detail')}/approval`)).status).toBe(204);
    const seen = await look(detail);
    expect(seen).toMatchObject({ status: 200, text: 'I grow tomatoes <b>on a roof</b>' });
    expect(seen.headers).toMatchObject({
      ...{ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      'x-content-type-options': 'nosniff',
    });
    expect((await look(name)).status).toBe(404);
    expect((await api.call('GET', '/v1/agents/Fay/fragments')).body).toMatchObject({
      items: [
        { fragment: 'detail', approved: true },
        { fragment: 'name', approved: false, text: 'Fay' },
      ],
    });
    expect((await api.call('DELETE', of('detail'))).status).toBe(204);
    expect(await look(detail)).toMatchObject({ status: 410, body: { code: 'gone' } });
    expect((await api.call('DELETE', of('detail'))).status).toBe(404);
    const rows = await api.db
      .selectFrom('agent_fragments')
      .select('content')
      .where('fragment', '=', 'detail')
      .execute();
    expect(rows.map(({ content }) => content.length)).toEqual([0]);
  });

  it('said anew has to be approved anew, and what was there is gone', async () => {
    const first = await say('expertise', { text: 'Billing' });
    await api.call('PUT', `${of('expertise')}/approval`);
    const second = await say('expertise', { text: 'Billing and devices' });
    expect([(await look(first)).status, (await look(second)).status]).toEqual([410, 404]);
  });

  it('is a picture only where its bytes are one', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex').toString('base64');
    const path = await say('photo', { picture: png });
    await api.call('PUT', `${of('photo')}/approval`);
    expect((await look(path)).headers['content-type']).toBe('image/png');
    const page = Buffer.from('<script>alert(1)</script>').toString('base64');
    expect((await api.call('PUT', of('photo'), { body: { picture: page } })).status).toBe(422);
    expect((await api.call('PUT', of('photo'), { body: { text: 'me' } })).status).toBe(422);
    expect((await look(path)).status).toBe(200);
  });
});
