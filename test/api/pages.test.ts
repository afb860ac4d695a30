/** What the desk's pages for leads and designers ask for: figures, teams, pictures and price tags. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { loadProject } from '../../cli/load-project.ts';
import { explore } from '../../core/explore/explored.ts';
import { putAgent, setShift } from '../../store/agents/agents.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { completeTask } from '../../store/tasks/complete.ts';
import { addSpan, hour, minute, opened } from '../store/setting.ts';
import { monday, ownApi, type OwnApi } from './own-api.ts';
import { signedIn } from './own-people.ts';
import { publishSamples } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  for (const id of ['ana', 'bo', 'cy', 'di']) await upsertCustomer(api.db, { id, now: monday });
});
afterAll(() => api.stop());
const get = async <T>(url: string): Promise<T> => {
  const answer = await api.call('GET', url);
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.body as T;
};

describe('Figures', () => {
  it('are of the days asked for, today the last, on the wall of the default team', async () => {
    interface Figures {
      zone: string;
      days: { date: string; isOver: boolean; isWorkingDay: boolean; figures: { crickets: number } | null }[];
    }
    const found = await get<Figures>('/v1/figures?days=3');
    expect(found.zone).toBe('Europe/Berlin');
    expect(found.days.map(({ date, isOver, isWorkingDay }) => [date, isOver, isWorkingDay])).toEqual([
      ['2026-02-28', true, false],
      ['2026-03-01', true, false],
      ['2026-03-02', false, true],
    ]);
    expect(found.days.at(-1)?.figures?.crickets).toBe(0);
    expect((await api.call('GET', '/v1/figures?days=93')).status).toBe(400);
  });
});

describe('Teams', () => {
  interface Team {
    name: string;
    isOpen: boolean;
    changesAt: string;
    load: { open: number; claimed: number; overdue: number };
    forecast: { handlingMinutes: number; people: number; minutesAhead: number; takenBy: string };
    inflow: { from: string; came: number; usual: number | null }[];
    people: { name: string; isOnShift: boolean; inHand: number; capacity: number }[];
    calendar: { date: string; open: { from: string; to: string }[]; holiday: string | null }[];
  }
  const care = async (): Promise<Team> => {
    const { items } = await get<{ items: Team[] }>('/v1/team-views');
    const found = items.find(({ name }) => name === 'care');
    if (!found) throw new Error('no care');
    return found;
  };
  beforeAll(async () => {
    const { db } = api;
    const who = { teams: ['care'], languages: ['en'], skills: [], interests: [], sharesInterests: false };
    for (const name of ['ben', 'cleo', 'dora'])
      await putAgent(db, { ...who, name, hours: null, zone: null, capacity: 3 }, monday);
    for (const name of ['ben', 'cleo']) await setShift(db, name, true, monday);
    // Five were finished, after 5, 10, 20, 40 and 60 minutes in hand.
    for (const [n, minutes] of [5, 10, 20, 40, 60].entries()) {
      const from = monday - 7 * 24 * hour;
      const id = await opened(db, 'ana', { now: from, reasonId: `done-${String(n)}` });
      await claimTask(db, { id, by: 'ben', now: from, holdUntil: from, addSpan });
      await completeTask(db, { id, by: 'ben', outcome: 'called', now: from + minutes * minute });
    }
    for (const id of ['bo', 'cy', 'di'])
      await opened(db, id, { now: monday, reasonId: `${id}/now`, within: '8 hours' });
    const mine = await opened(db, 'ana', { now: monday, reasonId: 'ana/now', within: '8 hours' });
    await claimTask(db, { id: mine, by: 'cleo', now: monday, holdUntil: monday, addSpan });
    api.clock.now = monday + 30 * minute;
  });
  afterAll(() => {
    api.clock.now = monday;
  });
  it('tell what they have, and by when the last who waits has a person: tasks ahead × median handling time', async () => {
    const found = await care();
    expect(found.load).toMatchObject({ open: 3, claimed: 1, overdue: 0 });
    // Three wait, one takes 20 minutes, and two are there. It is 10:30 in Berlin.
    expect(found.forecast).toMatchObject({ handlingMinutes: 20, measured: true, people: 2, minutesAhead: 30 });
    expect(found.forecast.takenBy).toBe('2026-03-02T10:00:00.000Z');
    expect(found.forecast).toMatchObject({ waitAtMost: null, slowed: false });
  });
  it('tell what came in each of the last 24 hours, beside the same hour of the weeks before', async () => {
    const { inflow } = await care();
    expect(inflow).toHaveLength(24);
    // Of four weeks back one hour had five: the weeks before count as they were.
    expect(inflow.at(-1)).toEqual({ from: '2026-03-02T09:00:00.000Z', came: 4, usual: 1.25 });
  });
  it('tell who is there, and what they have in hand', async () => {
    expect((await care()).people).toMatchObject([
      { name: 'ben', isOnShift: true, inHand: 0, capacity: 3 },
      { name: 'cleo', isOnShift: true, inHand: 1, capacity: 3 },
      { name: 'dora', isOnShift: false, inHand: 0, capacity: 3 },
    ]);
  });
  it('tell when they are open: two weeks with their holidays by name', async () => {
    api.clock.now = Date.parse('2026-04-02T16:00:00Z'); // Thursday 18:00 in Berlin, before Good Friday.
    const found = await care();
    expect([found.isOpen, found.changesAt]).toEqual([false, '2026-04-07T07:00:00.000Z']);
    expect(found.calendar).toHaveLength(14);
    expect(found.calendar.slice(0, 6)).toMatchObject([
      {
        date: '2026-04-02',
        open: [{ from: '2026-04-02T07:00:00.000Z', to: '2026-04-02T15:00:00.000Z' }],
        holiday: null,
      },
      { date: '2026-04-03', open: [], holiday: 'Karfreitag' },
      { date: '2026-04-04', open: [], holiday: null },
      { date: '2026-04-05', open: [] },
      { date: '2026-04-06', open: [], holiday: 'Ostermontag' },
      { date: '2026-04-07', open: [{ from: '2026-04-07T07:00:00.000Z', to: '2026-04-07T15:00:00.000Z' }] },
    ]);
  });
  it('are one’s own, unless one sees to all of them', async () => {
    const names = async (role: 'agent' | 'designer', teams: string[]): Promise<string[]> => {
      const person = await signedIn(api, { name: role, role, teams });
      const { body } = await person.call('GET', '/v1/team-views');
      return (body as { items: Team[] }).items.map(({ name }) => name);
    };
    expect(await names('agent', ['care', 'no-such-team'])).toEqual(['care']);
    expect(await names('designer', [])).toEqual(['care', 'field', 'success', 'leads']);
  });
});

describe('A version of a journey', () => {
  interface Picture {
    light: string;
    dark: string;
    steps: { step: string; left: number; top: number; width: number; height: number; time: string; template: string }[];
  }
  const of = '/v1/journeys/inquiry/versions/1';
  it('has a picture without anything that runs, with the place of each step in it', async () => {
    const { light, dark, steps } = await get<Picture>(`${of}/picture`);
    for (const svg of [light, dark]) {
      expect(svg).toMatch(/^<svg /);
      expect(svg).not.toMatch(/<script|<style|style=|\son\w+=|href=/i);
    }
    expect(dark).not.toContain('#e1eef8');
    expect(steps.map(({ step }) => step).slice(0, 4)).toEqual([
      'first-answer',
      'arrived',
      'straight-to-a-person',
      'our-answer',
    ]);
    expect(steps.find(({ step }) => step === 'our-answer')).toMatchObject({ time: '1 business day', template: null });
    expect(steps.find(({ step }) => step === 'arrived')).toMatchObject({ time: null, template: 'inquiry-arrived' });
    for (const { left, top, width, height } of steps) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(1);
      expect(top + height).toBeLessThanOrEqual(1);
    }
  });
  it('has the price tag that `righttouch check` prints', async () => {
    const price = await get<{ perStep: unknown }>(`${of}/price`);
    const project = await loadProject(fileURLToPath(new URL('../../journeys/', import.meta.url)));
    const journey = project.journeys.find(({ name }) => name === 'inquiry');
    if (!journey) throw new Error('no inquiry');
    const { perStep, ...told } = explore(journey, project).price;
    expect(price).toMatchObject(told);
    expect(price.perStep).toEqual(Object.entries(perStep).map(([step, own]) => ({ step, ...own })));
  });
  it('has the texts that it says, and no others', async () => {
    const { items } = await get<{ items: { template: string; locale: string; body: string }[] }>(`${of}/texts`);
    expect(items.map(({ template }) => template).sort()).toEqual(['inquiry-arrived', 'one-more-day', 'still-there']);
    expect(items.every(({ locale, body }) => locale === 'en' && body.length > 20)).toBe(true);
  });
  it('is not there under any other number', async () => {
    for (const what of ['picture', 'price', 'texts'])
      expect((await api.call('GET', `/v1/journeys/inquiry/versions/9/${what}`)).status).toBe(404);
  });
});
