/** API keys. A key can give no more than it has itself. */
import { z } from 'zod';
import { createApiKey, listApiKeys, revokeApiKey, type ApiKey } from '../store/api-keys.ts';
import { scopes, type Scope } from './access.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, instant, iso, maybeInstant, maybeIso, name, pageOf, paging, refusals } from './shapes.ts';

const keyShape = z
  .object({
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: instant,
    revokedAt: maybeInstant,
  })
  .meta({ id: 'ApiKey' });

const shown = (key: ApiKey): z.output<typeof keyShape> => ({
  name: key.name,
  scopes: key.scopes,
  createdAt: iso(key.createdAt),
  revokedAt: maybeIso(key.revokedAt),
});

export function keys(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/keys',
    schema: {
      tags: ['keys'],
      summary: 'List API keys',
      operationId: 'listKeys',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(keyShape), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const [from] = readCursor(after, ['string']) ?? [null];
      const rows = await listApiKeys(db, { after: from as string | null, limit: limit + 1 });
      return page(rows, limit, shown, (key) => [key.name]);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/keys',
    schema: {
      tags: ['keys'],
      summary: 'Make an API key',
      operationId: 'createKey',
      description: 'The secret is shown this once and kept nowhere. A key can give only scopes that it has itself.',
      body: z.strictObject({
        name: name.describe('Who will use it: what is done with it is kept under this name'),
        scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
      }),
      response: {
        201: keyShape.extend({ secret: z.string().describe('Shown this once') }).meta({ id: 'CreatedApiKey' }),
        ...refusals(409, ...bodyRefusals),
      },
    },
    handler: async (request, reply) => {
      const own = new Set(request.caller?.scopes);
      const faults = request.body.scopes.flatMap((scope, i) => (own.has(scope) ? [] : [beyond(scope, i)]));
      if (faults.length > 0)
        throw new Problem('missing-scope', 'A key can give only scopes that it has itself.', faults);
      const made = await createApiKey(db, request.body, now());
      if (!made.created) throw new Problem('already-exists', `There is a key called '${request.body.name}' already.`);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...shown(made.apiKey), secret: made.secret });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/keys/:name',
    schema: {
      tags: ['keys'],
      summary: 'Revoke an API key',
      operationId: 'revokeKey',
      description: 'It is refused everywhere within 5 seconds, and stays listed.',
      params: z.strictObject({ name }),
      response: { 200: keyShape, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const key = await revokeApiKey(db, params.name, now());
      if (key === undefined) throw new Problem('not-found', `No key is called '${params.name}'.`);
      return shown(key);
    },
  });
}

const beyond = (scope: Scope, at: number): { field: string; expected: string; value: string; mend: string } => ({
  field: `scopes.${at}`,
  expected: 'a scope that the calling key has',
  value: scope,
  mend: 'Leave it out, or use a key that has it.',
});
