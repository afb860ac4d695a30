/** Every route by every role, on objects of their own teams and of others. A route without a line in the table of access does not start. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { access, scopes } from '../../api/access.ts';
import { scopesOf } from '../../api/roles.ts';
import { roles, type Role } from '../../store/accounts/accounts.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { openDefaultTaskFor } from '../../store/default-task.ts';
import { deskOf } from '../../store/desk.ts';
import { monday, ownApi, type OwnApi } from './own-api.ts';
import { signedIn, type Person } from './own-people.ts';

let api: OwnApi;
const people = new Map<Role, Person>();
const tasks = { own: '', foreign: '' };
beforeAll(async () => {
  api = await ownApi({ limits: { requestsPerMinute: 100_000 } });
  for (const role of roles) people.set(role, await signedIn(api, { name: role, role, teams: ['care'] }));
  await upsertCustomer(api.db, { id: 'x', now: monday });
  const desk = await deskOf(api.db, 'care');
  const task = async (team: string): Promise<string> => {
    const asked = { customerId: 'x', team, reasonId: `why-${team}`, because: 'They wrote', now: monday };
    const opened = await openDefaultTaskFor(api.db, desk, asked);
    return 'taskId' in opened ? opened.taskId : '';
  };
  tasks.own = await task('care');
  tasks.foreign = await task('sales');
});
afterAll(() => api.stop());

const person = (role: Role): Person => {
  const found = people.get(role);
  if (!found) throw new Error(`Nobody is ${role} here`);
  return found;
};

const routes = Object.entries(access).map(([route, needed]) => {
  const [method = '', path = ''] = route.split(' ');
  return { route, method: method as 'GET', path, needed };
});
const scoped = routes.filter(({ needed }) => scopes.some((scope) => scope === needed));
/** What listens never ends its answer; it is held against a browser. */
const inTable = scoped.filter(({ route }) => route !== 'GET /v1/live');

/** What each role may do beyond its scopes is nothing: this is the whole of it, and a change of it is a change here. */
const may: Record<Role, string[]> = {
  agent: [
    ...['conversation:read', 'customers:read', 'guards:read', 'guards:write', 'journeys:read'],
    ...['proposals:write', 'tasks:read', 'tasks:write'],
  ],
  lead: [
    ...['agents:write', 'audiences:read', 'conversation:read', 'customers:read', 'customers:write', 'enrolments:read'],
    ...['enrolments:write', 'figures:read', 'guards:read', 'guards:write', 'journeys:read', 'kill-switch:read'],
    ...['proposals:write', 'tasks:read', 'tasks:write'],
  ],
  designer: [
    ...['audiences:read', 'audiences:write', 'customers:read', 'enrolments:read', 'figures:read', 'journeys:read'],
    ...['journeys:write', 'kill-switch:read', 'kill-switch:write', 'proposals:write', 'tasks:read'],
  ],
  ops: [...scopes]
    .filter((scope) => !/^(conversation:read|(customers|events|proposals|tasks):write|guards:.*)$/.test(scope))
    .sort(),
};

describe.each(roles)('As %s', (role) => {
  it('one has these scopes', () => {
    expect([...scopesOf[role]].sort()).toEqual(may[role]);
  });
  it.each(inTable)('$route', async ({ route, method, path, needed }) => {
    const isTask = path.startsWith('/v1/tasks/:id');
    for (const whose of isTask ? (['own', 'foreign'] as const) : (['own'] as const)) {
      const url = (isTask ? path.replace(':id', tasks[whose]) : path).replace(/:version/, '1').replace(/:\w+/g, 'x');
      // A body that nothing accepts: who may call hears that it is wrong, and nothing is changed by the table.
      const body = /^(GET|DELETE) /.test(route) ? undefined : { nothing: 'like this' };
      if (route === 'DELETE /v1/accounts/:name' || route === 'DELETE /v1/keys/:name') expect(url).toContain('/x');
      const { status, body: answer } = await person(role).call(method, url, { ...(body && { body }) });
      const { code } = (answer ?? {}) as { code?: string };
      if (!may[role].includes(needed)) expect([whose, status, code]).toEqual([whose, 403, 'missing-scope']);
      else if (whose === 'foreign' && role !== 'designer' && role !== 'ops')
        expect([whose, status >= 400 && status < 500, status === 403]).toEqual([whose, true, false]);
      else expect([whose, status, code === 'missing-scope']).toEqual([whose, status, false]);
    }
  });
});

describe('A task of another team', () => {
  const body = (role: Role) => ({ agent: role });
  it.each(['agent', 'lead'] as const)('is not there for an %s: neither read nor taken nor listed', async (role) => {
    const { call } = person(role);
    expect(await call('GET', `/v1/tasks/${tasks.foreign}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await call('GET', '/v1/tasks/T-2')).status).toBe(404);
    expect((await call('POST', `/v1/tasks/${tasks.foreign}/claim`, { body: body(role) })).status).toBe(404);
    const listed = [await call('GET', '/v1/tasks'), await call('GET', '/v1/inbox?view=team')];
    for (const answer of listed) {
      expect(answer.text).toContain(tasks.own);
      expect(answer.text).not.toContain(tasks.foreign);
    }
  });
  it('is seen by those who see to all teams, who take none', async () => {
    for (const role of ['designer', 'ops'] as const) {
      expect((await person(role).call('GET', `/v1/tasks/${tasks.foreign}`)).status).toBe(200);
      expect((await person(role).call('GET', '/v1/inbox?view=team')).text).toContain(tasks.foreign);
      const claim = await person(role).call('POST', `/v1/tasks/${tasks.foreign}/claim`, { body: body(role) });
      expect(claim).toMatchObject({ status: 403, body: { code: 'missing-scope' } });
    }
  });
  it('is nobody’s to act on in another’s name', async () => {
    const answer = await person('agent').call('POST', `/v1/tasks/${tasks.own}/claim`, { body: body('lead') });
    expect(answer).toMatchObject({ status: 403, body: { code: 'other-person', faults: [{ field: 'agent' }] } });
    expect((await person('agent').call('GET', `/v1/tasks/${tasks.own}`)).body).toMatchObject({ claimedBy: null });
  });
});

describe('Whoever is not signed in', () => {
  it.each(routes.filter(({ needed }) => needed === 'person'))('does not get $route', async ({ method, path }) => {
    expect((await api.call(method, path, { key: null })).status).toBe(401);
    const key = await api.call(method, path, { ...(path.endsWith('password') && { body: {} }) });
    expect(key).toMatchObject({ status: 403, body: { code: 'missing-scope' } });
  });
});
