import { z } from 'zod';
import { addAccount, findAccount, roles, type Role } from '../../store/accounts/accounts.ts';
import { makeSignInLink } from '../../store/accounts/sessions.ts';
import { createApiClient, part } from '../api-client.ts';
import { neededConfig, withDatabase } from '../assemble/needed-config.ts';
import { openStore } from '../assemble/open-store.ts';
import { columns } from '../columns.ts';
import { everyPage } from '../every-page.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, refused, type ExitCode } from '../refusal.ts';

const account = z.looseObject({
  name: z.string(),
  role: z.string(),
  teams: z.array(z.string()),
  hasPassword: z.boolean(),
  disabledAt: z.string().nullable(),
});
const linked = account.extend({ link: z.string(), linkEndsAt: z.string() });
type Linked = z.infer<typeof linked>;

const linkLastsMs = 24 * 3_600_000;

export interface AddAccountOptions extends ClientOptions {
  readonly role: string;
  readonly team?: readonly string[];
}

/** In the database itself where DATABASE_URL names one: the first account cannot be asked for by somebody who is signed in. */
export async function addAccountOf(io: Io, name: string, options: AddAccountOptions): Promise<ExitCode> {
  const role = roles.find((one) => one === options.role);
  if (!role) throw misused(`--role is '${options.role}', but should be one of ${roles.join(', ')}.`);
  const asked = { name, role, teams: options.team ?? [] };
  const made = isDirect(io, options)
    ? await addInDatabase(io, asked)
    : await createApiClient(io, options).call('POST', '/v1/accounts', linked, { body: asked });
  return tellLink(io, options, made);
}

export async function linkAccount(io: Io, name: string, options: ClientOptions): Promise<ExitCode> {
  const made = isDirect(io, options)
    ? await linkInDatabase(io, name)
    : await createApiClient(io, options).call('POST', `/v1/accounts/${part(name)}/links`, linked);
  return tellLink(io, options, made);
}

export async function listAccountsOf(io: Io, options: ClientOptions): Promise<ExitCode> {
  const items = await everyPage(createApiClient(io, options), '/v1/accounts', account);
  if (options.json) printJson(io, { items });
  else
    io.out(
      columns(
        ['account', 'role', 'teams', 'password', 'disabled'],
        items.map((each) => [
          each.name,
          each.role,
          each.teams.join(' '),
          each.hasPassword ? 'set' : 'not yet',
          each.disabledAt,
        ]),
      ),
    );
  return 0;
}

export async function disableAccountOf(io: Io, name: string, options: ClientOptions): Promise<ExitCode> {
  const gone = await createApiClient(io, options).call('DELETE', `/v1/accounts/${part(name)}`, account);
  if (options.json) printJson(io, gone);
  else io.out(`The account '${gone.name}' is disabled since ${String(gone.disabledAt)}.`);
  return 0;
}

const isDirect = (io: Io, options: ClientOptions): boolean =>
  options.url === undefined && Boolean(io.env['DATABASE_URL']);

function tellLink(io: Io, options: ClientOptions, made: Linked): ExitCode {
  const { name, role, teams, link, linkEndsAt } = made;
  if (options.json) printJson(io, made);
  else {
    const of = teams.length === 0 ? '' : ` of ${teams.join(', ')}`;
    io.tell(`'${name}' is ${role}${of}. This opens the desk once, until ${linkEndsAt}, and is shown this once:`);
    io.out(`/desk/sign-in#${link}`);
  }
  return 0;
}

async function addInDatabase(io: Io, asked: { name: string; role: Role; teams: readonly string[] }): Promise<Linked> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@'-]{0,99}$/u.test(asked.name))
    throw misused(`The name is '${asked.name}', but should be 1 to 100 letters, digits and . _ @ ' -, such as 'ben'.`);
  const store = await openStore(withDatabase(neededConfig(io.env)));
  try {
    const made = await addAccount(store.db, asked, Date.now());
    if (!made) throw refused(`There is an account called '${asked.name}' already.`);
    const endsAt = Date.now() + linkLastsMs;
    return {
      ...{ name: made.name, role: made.role, teams: [...made.teams], hasPassword: false, disabledAt: null },
      link: await makeSignInLink(store.db, made.id, endsAt),
      linkEndsAt: new Date(endsAt).toISOString(),
    };
  } finally {
    await store.close();
  }
}

async function linkInDatabase(io: Io, name: string): Promise<Linked> {
  const store = await openStore(withDatabase(neededConfig(io.env)));
  try {
    const found = await findAccount(store.db, name);
    if (!found) throw refused(`There is no account called '${name}'.`);
    if (found.disabledAt !== null) throw refused(`The account '${name}' is disabled.`);
    const endsAt = Date.now() + linkLastsMs;
    return {
      ...{ name: found.name, role: found.role, teams: [...found.teams] },
      ...{ hasPassword: found.hasPassword, disabledAt: null },
      link: await makeSignInLink(store.db, found.id, endsAt),
      linkEndsAt: new Date(endsAt).toISOString(),
    };
  } finally {
    await store.close();
  }
}
