import type { AddAccountOptions } from '../commands/accounts.ts';
import { acts, asClient, examples, type ClientOptions, type Declaring } from './declare.ts';

const load = () => import('../commands/accounts.ts');

/** `--team care --team sales` */
const several = (said: string, before: readonly string[] = []): readonly string[] => [...before, said];

export function declareAccounts(declaring: Declaring): void {
  const group = declaring.program
    .command('accounts')
    .description('who signs in at the desk, and what they may do there');
  examples(
    group,
    'DATABASE_URL=postgres://… righttouch accounts add olga --role ops     # the first one',
    'righttouch accounts add ben --role agent --team care',
    'righttouch accounts link ben                  # a new way in, for a forgotten password',
    'righttouch accounts disable ben',
  );
  acts<[string, AddAccountOptions]>(
    declaring,
    asClient(group.command('add'))
      .description('make one; prints a link that opens the desk once. With DATABASE_URL set, in the database itself')
      .argument('<name>', 'under which they act, such as ben')
      .requiredOption('--role <role>', 'agent, lead, designer or ops')
      .option('--team <team>', 'one of their teams; may be given several times', several),
    () => load().then((m) => m.addAccountOf),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(group.command('link')).description('another link that opens the desk once').argument('<name>'),
    () => load().then((m) => m.linkAccount),
  );
  acts<[ClientOptions]>(
    declaring,
    asClient(group.command('list', { isDefault: true })).description('all accounts'),
    () => load().then((m) => m.listAccountsOf),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(group.command('disable')).description('signed out everywhere at once; stays listed').argument('<name>'),
    () => load().then((m) => m.disableAccountOf),
  );
}
