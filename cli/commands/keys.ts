import { z } from 'zod';
import { scopes as allScopes } from '../../api/access.ts';
import { nearest } from '../../core/journey/nearest.ts';
import { createApiKey } from '../../store/api-keys.ts';
import { createApiClient, part } from '../api-client.ts';
import { neededConfig, withDatabase } from '../assemble/needed-config.ts';
import { openStore } from '../assemble/open-store.ts';
import { columns } from '../columns.ts';
import { everyPage } from '../every-page.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, refused, type CommandFault, type ExitCode } from '../refusal.ts';

const key = z.looseObject({
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});
const created = key.extend({ secret: z.string() });
type Created = z.infer<typeof created>;

export interface CreateKeyOptions extends ClientOptions {
  readonly scopes: string;
}

/** In the database itself where DATABASE_URL names one, because the first key cannot be asked for with a key. */
export async function createKey(io: Io, name: string, { scopes, ...options }: CreateKeyOptions): Promise<ExitCode> {
  const asked = { name, scopes: readScopes(scopes) };
  const isDirect = options.url === undefined && Boolean(io.env['DATABASE_URL']);
  const made = isDirect
    ? await createInDatabase(io, asked)
    : await createApiClient(io, options).call('POST', '/v1/keys', created, { body: asked });
  if (options.json) printJson(io, made);
  else {
    // On a line of its own, alone on the standard output: it is read by scripts, too.
    io.tell(`The key '${made.name}' may: ${made.scopes.join(', ')}. Its secret is shown this once:`);
    io.out(made.secret);
  }
  return 0;
}

function readScopes(said: string): string[] {
  if (said === 'all') return [...allScopes];
  const given = said.split(',').map((scope) => scope.trim());
  const faults = given
    .filter((scope) => !allScopes.some((known) => known === scope))
    .map((scope): CommandFault => ({
      says: `There is no scope '${scope}'. ${nearest(scope, allScopes) ?? `There are: all, ${allScopes.join(', ')}.`}`,
      parts: { field: '--scopes', expected: 'a scope that is known', value: scope },
    }));
  if (faults.length > 0) throw misused('The scopes cannot be read.', faults);
  return given;
}

async function createInDatabase(io: Io, asked: { name: string; scopes: string[] }): Promise<Created> {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(asked.name))
    throw misused(`The name is '${asked.name}', but should be lower-case letters, digits and -, such as 'web-shop'.`);
  const store = await openStore(withDatabase(neededConfig(io.env)));
  try {
    const made = await createApiKey(store.db, asked, store.clock.now());
    if (!made.created)
      throw refused(`There is a key called '${asked.name}' already. Use another name: keys are never changed.`);
    const { name, scopes, createdAt } = made.apiKey;
    return { name, scopes, createdAt: createdAt.toISOString(), revokedAt: null, secret: made.secret };
  } finally {
    await store.close();
  }
}

export async function listKeys(io: Io, options: ClientOptions): Promise<ExitCode> {
  const items = await everyPage(createApiClient(io, options), '/v1/keys', key);
  if (options.json) printJson(io, { items });
  else
    io.out(
      columns(
        ['key', 'since', 'revoked', 'scopes'],
        items.map((each) => [each.name, each.createdAt, each.revokedAt, each.scopes.join(' ')]),
      ),
    );
  return 0;
}

export async function revokeKey(io: Io, name: string, options: ClientOptions): Promise<ExitCode> {
  const gone = await createApiClient(io, options).call('DELETE', `/v1/keys/${part(name)}`, key);
  if (options.json) printJson(io, gone);
  else io.out(`The key '${gone.name}' is revoked since ${String(gone.revokedAt)}.`);
  return 0;
}
