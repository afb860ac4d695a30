import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSlack, type Slack } from '../../channels/slack.ts';
import { readSlackAction } from '../../channels/slack-action.ts';
import { isFromSlack, slackSignature } from '../../channels/slack-signature.ts';
import { startSlack, type SlackServer } from './slack-server.ts';

let server: SlackServer;
let slack: Slack;
beforeAll(async () => {
  server = await startSlack();
  slack = createSlack({ token: 'xoxb-test', apiUrl: server.url });
});
afterAll(() => server.close());

const line = {
  text: 'T-1: <care> & co',
  link: 'https://touch.example.com/desk/tasks/T-1',
  button: { says: 'Claim T-1', action: 'claim', value: 't_1' },
};

describe('Slack', () => {
  it('is told with our token, a section for each task with its button, and nothing in a text is markup', async () => {
    expect(await slack.tell('U1', [line, { ...line, button: null }])).toEqual({ told: true });
    const [posted] = server.posted;
    expect(posted).toMatchObject({ channel: 'U1', token: 'Bearer xoxb-test' });
    const blocks = JSON.parse(posted?.['blocks'] ?? '') as { text: { text: string }; accessory?: object }[];
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toMatchObject({
      text: { text: `T-1: &lt;care&gt; &amp; co <${line.link}|Open>` },
      accessory: { action_id: 'claim', value: 't_1', text: { text: 'Claim T-1' } },
    });
    expect(blocks[1]?.accessory).toBeUndefined();
  });
  it('that is busy, broken or refuses is told as a value, once tried', async () => {
    server.next = 'busy';
    expect(await slack.tell('U1', [line])).toMatchObject({ told: false, retryAfterMs: 7_000 });
    server.next = 'unknown-channel';
    expect(await slack.tell('U1', [line])).toEqual({ told: false, because: 'channel_not_found', retryAfterMs: null });
    server.next = 'broken';
    expect(await slack.tell('U1', [line])).toMatchObject({ told: false });
    const nowhere = createSlack({ token: 'xoxb-test', apiUrl: 'http://127.0.0.1:1/api/' });
    expect(await nowhere.tell('U1', [line])).toMatchObject({ told: false });
  });
});

describe('What Slack sends', () => {
  const secret = '8f742231b10e8888abcd99yyyzzz85a5';
  const now = 1_531_420_618_000;
  it('is signed as in the example of its documentation', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(slackSignature(secret, '1531420618', body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
  it('is believed only as it was signed, and for five minutes', () => {
    const signed = {
      body: 'payload=1',
      timestamp: '1531420618',
      signature: slackSignature(secret, '1531420618', 'payload=1'),
    };
    expect(isFromSlack(secret, signed, now + 300_000)).toBe(true);
    expect(isFromSlack(secret, signed, now + 301_000)).toBe(false);
    expect(isFromSlack(secret, signed, now - 301_000)).toBe(false);
    expect(isFromSlack(secret, { ...signed, body: 'payload=2' }, now)).toBe(false);
    expect(isFromSlack('other', signed, now)).toBe(false);
    expect(isFromSlack(secret, { ...signed, timestamp: '' }, now)).toBe(false);
    expect(isFromSlack(secret, { ...signed, signature: '' }, now)).toBe(false);
  });
  it('is read as a button, or as nothing that we know', () => {
    const payload = { type: 'block_actions', user: { id: 'U1' }, actions: [{ action_id: 'claim', value: 't_1' }] };
    const form = (said: unknown): string => new URLSearchParams({ payload: JSON.stringify(said) }).toString();
    expect(readSlackAction(form(payload))).toEqual({ member: 'U1', action: 'claim', value: 't_1', answerTo: null });
    for (const other of [
      '',
      'payload=%7B',
      form({ ...payload, type: 'view_submission' }),
      form({ ...payload, actions: [] }),
    ])
      expect(readSlackAction(other)).toBeNull();
  });
});
