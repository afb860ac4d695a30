/** Signing in at the desk: with a password, or with a link that works once. The session is a cookie; what it stands for is a row. */
import { z } from 'zod';
import type { Account } from '../store/accounts/accounts.ts';
import { endSession, setPassword, signInWithLink, signInWithPassword } from '../store/accounts/sessions.ts';
import { personOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { scopesOf, seesAllTeams } from './roles.ts';
import { refuseOtherOrigins } from './same-origin.ts';
import { giveSession, sessionIn, takeSession } from './session-cookie.ts';
import { me, password } from './session-shape.ts';
import { agent, bodyRefusals, iso, refusals } from './shapes.ts';

export function session(app: Api, deps: ApiDeps): void {
  const { db, now, realNow, publicUrl } = deps;
  const guarded = limitTries(app, deps);
  const known = (account: Account): z.output<typeof me> => ({
    name: account.name,
    role: account.role,
    teams: [...account.teams],
    seesAllTeams: seesAllTeams(account.role),
    scopes: [...scopesOf[account.role]],
    hasPassword: account.hasPassword,
    now: iso(now()),
  });

  app.route({
    method: 'POST',
    url: '/v1/session',
    schema: {
      tags: ['session'],
      summary: 'Sign in at the desk',
      operationId: 'signIn',
      description: 'Only from our own page. The session comes as a cookie that scripts cannot read.',
      body: z.strictObject({ name: agent, password: z.string().min(1).max(200) }),
      response: { 200: me, ...refusals(...bodyRefusals) },
    },
    handler: async (request, reply) => {
      refuseOtherOrigins(request, publicUrl);
      await guarded(request, request.body.name);
      const signedIn = await signInWithPassword(db, request.body, realNow());
      if (!signedIn) throw new Problem('wrong-sign-in', 'There is no such name with this password.');
      giveSession(request, reply, publicUrl, signedIn.secret);
      return reply.header('cache-control', 'no-store').send(known(signedIn.account));
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/session/link',
    schema: {
      tags: ['session'],
      summary: 'Sign in at the desk with a link, which works once',
      operationId: 'signInWithLink',
      description: 'Only from our own page: the link names the page, which hands on what stands behind its #.',
      body: z.strictObject({ link: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'what stands behind # in the link') }),
      response: { 200: me, ...refusals(...bodyRefusals) },
    },
    handler: async (request, reply) => {
      refuseOtherOrigins(request, publicUrl);
      await guarded(request, null);
      const signedIn = await signInWithLink(db, request.body.link, realNow());
      if (!signedIn) throw new Problem('wrong-sign-in', 'This link was used before, or its time is over.');
      giveSession(request, reply, publicUrl, signedIn.secret);
      return reply.header('cache-control', 'no-store').send(known(signedIn.account));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/session',
    schema: {
      tags: ['session'],
      summary: 'Who is signed in, and what they may do',
      operationId: 'getSession',
      response: { 200: me, ...refusals() },
    },
    handler: (request) => known(personOf(request)),
  });

  app.route({
    method: 'DELETE',
    url: '/v1/session',
    schema: {
      tags: ['session'],
      summary: 'Sign out',
      operationId: 'signOut',
      response: { 200: z.object({ signedOut: z.literal(true) }), ...refusals() },
    },
    handler: async (request, reply) => {
      await endSession(db, sessionIn(request, publicUrl) ?? '');
      takeSession(request, reply, publicUrl);
      return { signedOut: true as const };
    },
  });

  app.route({
    method: 'PUT',
    url: '/v1/session/password',
    schema: {
      tags: ['session'],
      summary: "Set one's password; all other sessions of the account end",
      operationId: 'setPassword',
      body: z.strictObject({ password }),
      response: { 200: me, ...refusals(...bodyRefusals) },
    },
    handler: async (request) => {
      const account = personOf(request);
      const keep = sessionIn(request, publicUrl) ?? '';
      await setPassword(db, { accountId: account.id, password: request.body.password, keep });
      return known({ ...account, hasPassword: true });
    },
  });
}

/** Guessing is slow: so many tries for a name, wherever they come from, and for a network address, whatever the names. */
function limitTries(
  app: Api,
  { limits }: ApiDeps,
): (request: Parameters<typeof sessionIn>[0], name: string | null) => Promise<void> {
  const tries = { max: limits?.signInsPerMinute ?? 10, timeWindow: 60_000 };
  const names = new WeakMap<object, string>();
  const byAddress = app.createRateLimit({ ...tries, max: tries.max * 3, keyGenerator: ({ ip }) => `sign-in ${ip}` });
  const byName = app.createRateLimit({ ...tries, keyGenerator: (request) => `sign-in as ${names.get(request) ?? ''}` });
  return async (request, name) => {
    if (name !== null) names.set(request, name);
    for (const count of name === null ? [byAddress] : [byAddress, byName]) {
      const counted = await count(request);
      if (counted.isAllowed || !counted.isExceeded) continue;
      const seconds = String(Math.max(1, counted.ttlInSeconds));
      throw new Problem('too-many-requests', `Too many tries to sign in. Try again in ${seconds} s.`, [], {
        'retry-after': seconds,
      });
    }
  };
}
