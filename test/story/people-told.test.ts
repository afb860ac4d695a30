/** Our people are told of a task by real mail and in Slack's shape, by the worker itself; a way that fails holds up neither the other nor the task. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSlack } from '../../channels/slack.ts';
import { putAgent, setShift } from '../../store/agents/agents.ts';
import { setReached } from '../../store/agents/reached.ts';
import { openDefaultTaskFor } from '../../store/default-task.ts';
import { deskOf } from '../../store/desk.ts';
import { getTask } from '../../store/tasks/get.ts';
import { startSlack, type SlackServer } from '../channels/slack-server.ts';
import { startEngine, until, type Engine } from './engine.ts';

let slack: SlackServer;
let engine: Engine;
beforeAll(async () => {
  slack = await startSlack();
  engine = await startEngine({
    publicUrl: 'https://touch.example.com',
    slack: { slack: createSlack({ token: 'xoxb-test', apiUrl: slack.url }), channel: 'C1' },
  });
  const now = engine.clock.now();
  const said = {
    languages: ['en'],
    skills: [],
    interests: [],
    sharesInterests: false,
    hours: null,
    zone: 'Europe/Berlin',
  };
  await putAgent(engine.db, { name: 'ana', ...said, teams: ['care'], capacity: 5 }, now);
  await setShift(engine.db, 'ana', true, now);
  await setReached(engine.db, 'ana', { email: 'ana@example.com', slack: 'U1', focusUntil: null });
});
afterAll(async () => {
  await engine.stop();
  await slack.close();
});

test('a new task is told by e-mail and in Slack, with a button that claims, and says nothing of the customer', async () => {
  slack.next = 'unknown-channel';
  await engine.customer('canary-customer', { fields: { firstName: 'Canaryname' } });
  const desk = await deskOf(engine.db, 'care');
  const asked = {
    customerId: 'canary-customer',
    team: 'care',
    reasonId: 'r',
    because: 'They wrote',
    now: engine.clock.now(),
  };
  const opened = await openDefaultTaskFor(engine.db, desk, asked);
  const id = 'taskId' in opened ? opened.taskId : '';
  const mail = await until('the mail', () =>
    engine.inbox.mails.find((m) => JSON.stringify(m.to).includes('ana@example.com')),
  );
  expect(mail.subject).toMatch(/^T-1: a customer needs care\./);
  expect(mail.text).toContain('https://touch.example.com/desk/tasks/T-1');
  // One of the two was refused, and is told later; neither the mail nor the task is the worse for it.
  const posted = await until('what Slack took', () => slack.posted.length >= 2 && slack.posted);
  expect(posted.map(({ channel }) => channel).sort()).toEqual(['C1', 'U1']);
  expect(posted[0]?.['blocks']).toContain(`"value":"${id}"`);
  expect(JSON.stringify([posted, mail.text, mail.subject])).not.toMatch(/canary/i);
  expect(await getTask(engine.db, id)).toMatchObject({ state: 'open' });
});
