import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { slackSignature } from '../../channels/slack-signature.ts';
import { openDefaultTaskFor } from '../../store/default-task.ts';
import { deskOf } from '../../store/desk.ts';
import { startSlack, type SlackServer } from '../channels/slack-server.ts';
import { monday, ownApi, type Answer, type OwnApi } from './own-api.ts';
import { publishSamples } from './samples.ts';

const secret = 'slack-signing-secret';
let server: SlackServer;
let api: OwnApi;
beforeAll(async () => {
  server = await startSlack();
  api = await ownApi({ slackSigningSecret: secret, slackApiUrl: server.url });
  await publishSamples(api);
  for (const [name, team, slack] of [
    ['Ana', 'care', 'U1'],
    ['Ben', 'field', 'U2'],
    ['Cem', 'care', 'U3'],
  ] as const) {
    await api.call('PUT', `/v1/agents/${name}`, { body: { teams: [team], languages: ['en'] } });
    expect((await api.call('PUT', `/v1/agents/${name}/notices`, { body: { slack } })).status).toBe(200);
  }
});
afterAll(async () => {
  await api.stop();
  await server.close();
});

let tasks = 0;
const task = async (): Promise<string> => {
  const customerId = `c-${String((tasks += 1))}`;
  await api.call('PUT', `/v1/customers/${customerId}`, { body: {} });
  const asked = { customerId, team: 'care', reasonId: customerId, because: 'They wrote', now: monday };
  const opened = await openDefaultTaskFor(api.db, await deskOf(api.db, 'care'), asked);
  return 'taskId' in opened ? opened.taskId : '';
};
const press = (
  member: string,
  value: string,
  { at = monday, signedWith = secret, to = `${new URL(server.url).origin}/answers`, action = 'claim' } = {},
): Promise<Answer> => {
  const payload = {
    type: 'block_actions',
    user: { id: member },
    actions: [{ action_id: action, value }],
    response_url: to,
  };
  const raw = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(at / 1000));
  return api.call('POST', '/webhooks/slack/actions', {
    key: null,
    raw,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': slackSignature(signedWith, timestamp, raw),
    },
  });
};
const owner = async (id: string): Promise<unknown> =>
  ((await api.call('GET', `/v1/tasks/${id}`)).body as { claimedBy: unknown }).claimedBy;
const lastAnswer = (): string => (JSON.parse(server.answered.at(-1)?.body ?? '{}') as { text?: string }).text ?? '';

describe('A button in Slack', () => {
  it('claims in the name of whoever pressed it, who is told; the second one hears who has it', async () => {
    const id = await task();
    expect(await press('U1', id)).toMatchObject({ status: 200, body: {} });
    expect(await owner(id)).toBe('Ana');
    expect(lastAnswer()).toBe('T-1 is yours, Ana.');
    await press('U3', id);
    expect(lastAnswer()).toBe('Task T-1 is already claimed by Ana (09:00).');
  });
  it('does nothing for whom nobody knows, or whose team it is not, or that is none of ours', async () => {
    const id = await task();
    await press('U9', id);
    expect(lastAnswer()).toMatch(/^Nobody at the desk has your Slack account/);
    await press('U2', id);
    expect(lastAnswer()).toBe('There is no such task of your team’s.');
    const before = server.answered.length;
    expect((await press('U1', id, { action: 'another' })).status).toBe(200);
    expect(server.answered.length).toBe(before);
    expect(await owner(id)).toBeNull();
  });
  it('is refused unless Slack signed it just now', async () => {
    const id = await task();
    expect(await press('U1', id, { signedWith: 'another' })).toMatchObject({
      status: 403,
      body: { code: 'wrong-signature' },
    });
    expect((await press('U1', id, { at: monday - 301_000 })).status).toBe(403);
    expect(await owner(id)).toBeNull();
  });
  it('makes us call nobody but Slack', async () => {
    const id = await task();
    const before = server.answered.length;
    expect((await press('U1', id, { to: 'http://127.0.0.1:1/elsewhere' })).status).toBe(200);
    expect(server.answered.length).toBe(before);
    expect(await owner(id)).toBe('Ana');
  });
});

describe('How somebody of us is told', () => {
  it('is said by themselves, and a Slack account is one person’s', async () => {
    const focusUntil = '2026-03-02T11:00:00.000Z';
    const put = await api.call('PUT', '/v1/agents/Ana/notices', {
      body: { email: 'Ana@Example.com', slack: 'U1', focusUntil },
    });
    expect(put.body).toEqual({ email: 'ana@example.com', slack: 'U1', focusUntil });
    expect((await api.call('GET', '/v1/agents/Ana/notices')).body).toEqual(put.body);
    expect((await api.call('PUT', '/v1/agents/Ben/notices', { body: { slack: 'U1' } })).status).toBe(409);
    expect((await api.call('PUT', '/v1/agents/Ben/notices', { body: { email: 'nowhere' } })).status).toBe(422);
    expect((await api.call('GET', '/v1/agents/Nobody/notices')).status).toBe(404);
    // What is said anew of an agent leaves it as it was.
    await api.call('PUT', '/v1/agents/Ana', { body: { teams: ['care'], languages: ['de'] } });
    expect((await api.call('GET', '/v1/agents/Ana/notices')).body).toEqual(put.body);
  });
});
