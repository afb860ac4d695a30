/** Accounts of people who sign in at the desk. Who makes one gives no more than they have. */
import { z } from 'zod';
import {
  addAccount,
  disableAccount,
  findAccount,
  listAccounts,
  type Account,
  type Role,
} from '../store/accounts/accounts.ts';
import { makeSignInLink } from '../store/accounts/sessions.ts';
import type { Caller } from './authenticate.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { scopesOf } from './roles.ts';
import { role } from './session-shape.ts';
import { agent, bodyRefusals, instant, iso, maybeInstant, maybeIso, name, pageOf, paging, refusals } from './shapes.ts';

const account = z
  .object({
    name: z.string(),
    role,
    teams: z.array(z.string()),
    hasPassword: z.boolean(),
    createdAt: instant,
    disabledAt: maybeInstant,
  })
  .meta({ id: 'Account' });
const withLink = account
  .extend({
    link: z.string().describe('Opens the desk once, as this account: DESK/sign-in#LINK. Shown this once'),
    linkEndsAt: instant,
  })
  .meta({ id: 'AccountWithLink' });

const shown = (stored: Account): z.output<typeof account> => ({
  name: stored.name,
  role: stored.role,
  teams: [...stored.teams],
  hasPassword: stored.hasPassword,
  createdAt: iso(stored.createdAt),
  disabledAt: maybeIso(stored.disabledAt),
});

const linkLastsMs = 24 * 3_600_000;
const path = z.strictObject({ name: agent });

export function accounts(app: Api, { db, realNow }: ApiDeps): void {
  const linked = async (stored: Account): Promise<z.output<typeof withLink>> => {
    const endsAt = realNow() + linkLastsMs;
    return { ...shown(stored), link: await makeSignInLink(db, stored.id, endsAt), linkEndsAt: iso(endsAt) };
  };

  app.route({
    method: 'GET',
    url: '/v1/accounts',
    schema: {
      tags: ['accounts'],
      summary: 'List accounts of people who sign in at the desk',
      operationId: 'listAccounts',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(account), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const [from] = readCursor(after, ['string']) ?? [null];
      const rows = await listAccounts(db, { after: from as string | null, limit: limit + 1 });
      return page(rows, limit, shown, (row) => [row.name]);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/accounts',
    schema: {
      tags: ['accounts'],
      summary: 'Make an account',
      operationId: 'createAccount',
      description: 'It has no password: the link opens the desk once, and there they set one.',
      body: z.strictObject({ name: agent, role, teams: z.array(name).max(50).default([]) }),
      response: { 201: withLink, ...refusals(409, ...bodyRefusals) },
    },
    handler: async ({ body, caller }, reply) => {
      refuseBeyond(caller, body.role);
      const made = await addAccount(db, body, realNow());
      if (!made) throw new Problem('already-exists', `There is an account called '${body.name}' already.`);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await linked(made));
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/accounts/:name/links',
    schema: {
      tags: ['accounts'],
      summary: 'Make a link that opens the desk once, such as for somebody who forgot their password',
      operationId: 'createSignInLink',
      params: path,
      response: { 201: withLink, ...refusals(404, 409) },
    },
    handler: async ({ params, caller }, reply) => {
      const found = await findAccount(db, params.name);
      if (!found) throw noAccount(params.name);
      refuseBeyond(caller, found.role);
      if (found.disabledAt !== null) throw new Problem('not-possible-now', `The account '${found.name}' is disabled.`);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await linked(found));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/accounts/:name',
    schema: {
      tags: ['accounts'],
      summary: 'Disable an account',
      operationId: 'disableAccount',
      description: 'They are signed out everywhere at once. It stays listed: what they did is kept under their name.',
      params: path,
      response: { 200: account, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const gone = await disableAccount(db, params.name, realNow());
      if (!gone) throw noAccount(params.name);
      return shown(gone);
    },
  });
}

const noAccount = (called: string): Problem => new Problem('not-found', `There is no account called '${called}'.`);

/** Otherwise whoever makes accounts could make one that may do more than they, and sign in with it. */
function refuseBeyond(caller: Caller | null | undefined, wanted: Role): void {
  const own = new Set(caller?.scopes);
  const beyond = scopesOf[wanted].filter((scope) => !own.has(scope));
  // Ops let people in without reading what is said: that is what the role is for.
  if (beyond.length === 0 || caller?.person?.role === 'ops') return;
  throw new Problem('missing-scope', `The role '${wanted}' may do what you may not: ${beyond.join(', ')}.`, [
    { field: 'role', expected: 'a role that may do no more than you', value: wanted, mend: 'Ask somebody who may.' },
  ]);
}
