import { beforeAll, describe, expect, it } from '@jest/globals';
import { sayReasons } from '../../../core/routing/say-reasons.ts';
import { putAgent, setShift, type AgentSaid } from '../../../store/agents/agents.ts';
import { forgetInterests, putInterests } from '../../../store/interests.ts';
import { publish } from '../../../store/publish.ts';
import { routingEffect } from '../../../store/routing/effect.ts';
import { takeEvent } from '../../../store/take-event.ts';
import { claimTask } from '../../../store/tasks/claim.ts';
import { climbTask } from '../../../store/tasks/climb.ts';
import { completeTask } from '../../../store/tasks/complete.ts';
import { getTask } from '../../../store/tasks/get.ts';
import { leaveTasks } from '../../../store/tasks/leave.ts';
import { releaseTask } from '../../../store/tasks/release.ts';
import { ownDb } from '../own-db.ts';
import { addSpan, customer, desk, event, hour, journey, noon, opened, policy, words } from '../setting.ts';

const db = await ownDb();
const teams = {
  care: { ...words.teams.care, holdOut: 0 },
  leads: { ...words.teams.care, holdOut: 0 },
  sales: { ...words.teams.care, holdOut: 100 },
};
const agent = async (name: string, change: Partial<AgentSaid> = {}): Promise<void> => {
  const said = { teams: ['care'], languages: ['en'], skills: [], interests: [], sharesInterests: false, capacity: 2 };
  await putAgent(db, { name, hours: null, zone: null, ...said, ...change }, noon);
  await setShift(db, name, true, noon);
};
beforeAll(async () => {
  const journeys = [{ definition: journey('inquiry', ['we-answered']) }];
  await publish(db, { words: { ...words, teams }, policy, templates: [], journeys, by: 'a test', now: noon });
});
const suggestionOf = async (id: string): Promise<string> => {
  const task = await getTask(db, id);
  return task?.suggested
    ? `${task.suggested.agent}: ${sayReasons('them', task.suggested.reasons).join(', ')}`
    : 'nobody';
};
const holdUntil = noon + 48 * hour;

describe('A task that is asked for', () => {
  beforeAll(async () => {
    await agent('ana');
    await agent('ben', { skills: ['billing'], interests: ['chess'], sharesInterests: true });
    await agent('lea', { teams: ['leads'] });
    await agent('off', { skills: ['billing', 'inquiry'] });
    await setShift(db, 'off', false, noon);
  });

  it('is suggested to whoever on shift knows what its run was entered with', async () => {
    const who = await customer(db, 'anna');
    const data = { inquiryId: 'i-1', topic: 'billing' };
    const taken = await takeEvent(db, event(who, 'inquiry-received', { data }));
    const run = 'started' in taken ? taken.started[0]?.enrolmentId : undefined;
    const id = await opened(db, who, { enrolmentId: run ?? null });
    expect(await suggestionOf(id)).toBe('ben: knows billing, speaks en, has 0 of 2 tasks');
    // What is suggested counts as load until somebody takes it.
    const other = await opened(db, await customer(db, 'bert'));
    expect(await suggestionOf(other)).toBe('ana: has 0 of 2 tasks, speaks en');
    await claimTask(db, { id, by: 'ana', now: noon, holdUntil, addSpan });
    expect(await suggestionOf(id)).toBe('nobody');
    await completeTask(db, { id, by: 'ana', outcome: 'answered', now: noon });
    await claimTask(db, { id: other, by: 'ana', now: noon, holdUntil, addSpan });
    await completeTask(db, { id: other, by: 'ana', outcome: 'answered', now: noon });
  });

  it('goes to the person they know, and to another one when that person goes off shift', async () => {
    const id = await opened(db, 'anna', { reasonId: 'again' });
    expect(await suggestionOf(id)).toMatch(/^ana: the customer knows them/);
    await setShift(db, 'ana', false, noon);
    await leaveTasks(db, { agent: 'ana', by: 'ana', now: noon, addSpan });
    expect(await suggestionOf(id)).toMatch(/^ben: /);
    await setShift(db, 'ana', true, noon);
    await claimTask(db, { id, by: 'ben', now: noon, holdUntil, addSpan });
    await releaseTask(db, { id, by: 'ben', now: noon + hour, addSpan });
    // Whoever gave it back at once was nobody they got to know.
    expect(await suggestionOf(id)).toMatch(/^ana: the customer knows them/);
    await climbTask(db, id, noon + 5 * hour, desk);
    expect(await suggestionOf(id)).toMatch(/^lea: /);
  });

  it('counts what both like only while the customer lets it', async () => {
    // Nobody has anything, so that this alone tells them apart.
    await db.updateTable('tasks').set({ routed_to: null }).execute();
    const other = await customer(db, 'dora');
    await putInterests(db, other, { interests: ['chess'], source: 'phone', actor: 'ana', at: noon });
    const id = await opened(db, other);
    expect(await suggestionOf(id)).toBe('ben: both like chess, speaks en, has 0 of 2 tasks');
    await db.updateTable('tasks').set({ routed_to: null }).execute();
    await forgetInterests(db, other);
    expect(await suggestionOf(await opened(db, other, { team: 'leads', reasonId: 'another' }))).not.toMatch(
      /both like/,
    );
  });

  it('is suggested to nobody by name on a rung that names somebody, nor while nobody of the team is on shift', async () => {
    const id = await opened(db, await customer(db, 'emil'), { team: 'night', ladder: [{ person: 'Jo' }] });
    expect(await suggestionOf(id)).toBe('nobody');
    await climbTask(db, id, noon + 5 * hour, desk);
    expect(await suggestionOf(id)).toBe('nobody');
  });
});

it('What is held out is shown to nobody, kept, and measured beside the others', async () => {
  await agent('sam', { teams: ['sales'] });
  const since = noon + 100 * hour;
  const now = since + hour;
  const shown = await opened(db, await customer(db, 'fay'), { now });
  const held = await opened(db, await customer(db, 'gus'), { team: 'sales', now });
  expect(await suggestionOf(held)).toBe('nobody');
  await claimTask(db, { id: shown, by: 'ana', now: now + hour, holdUntil, addSpan });
  await claimTask(db, { id: held, by: 'sam', now: now + 2 * hour, holdUntil, addSpan });
  expect(await routingEffect(db, since)).toEqual([
    { heldOut: false, tasks: 1, claimed: 1, byThem: expect.any(Number), medianMsToClaim: hour, done: 0 },
    { heldOut: true, tasks: 1, claimed: 1, byThem: 1, medianMsToClaim: 2 * hour, done: 0 },
  ]);
});
