import type { CreateKeyOptions } from '../commands/keys.ts';
import { acts, asClient, examples, withJson, type ClientOptions, type Declaring, type JsonOption } from './declare.ts';

const killSwitch = () => import('../commands/kill-switch.ts');
const keys = () => import('../commands/keys.ts');
const clock = () => import('../commands/clock.ts');

export function declareOperations(declaring: Declaring): void {
  declareKillSwitch(declaring);
  declareKeys(declaring);
  declareClock(declaring);
  acts<[string, ClientOptions]>(
    declaring,
    examples(
      asClient(declaring.program.command('splits'))
        .description('what the splits of a journey have shown: how often each way led to its goal')
        .argument('<journey>', 'a published journey'),
      'righttouch splits renewal',
      'righttouch splits renewal --json',
    ),
    () => import('../commands/splits.ts').then((m) => m.splits),
  );
  acts<[JsonOption & { markdown?: true }]>(
    declaring,
    examples(
      withJson(declaring.program.command('config'))
        .description('every setting there is, with its default')
        .option('--markdown', 'as the table of the README'),
      'righttouch config',
      'righttouch config --markdown',
    ),
    () => import('../commands/config.ts').then((m) => m.config),
  );
}

function declareKillSwitch(declaring: Declaring): void {
  const group = declaring.program
    .command('kill-switch')
    .description('stop touches at once: all, or those of a journey, a channel, a segment or an area');
  examples(
    group,
    "righttouch kill-switch on all --reason 'wrong prices in the spring offer'",
    'righttouch kill-switch on journey:offer --reason wrong-prices',
    'righttouch kill-switch off journey:offer',
    'righttouch kill-switch list',
  );
  const scope = "'all', 'journey:NAME', 'channel:NAME', 'segment:AUDIENCE' or 'area:DE:535'";
  acts<[ClientOptions]>(
    declaring,
    asClient(group.command('list', { isDefault: true })).description('what is switched off'),
    () => killSwitch().then((m) => m.listKillSwitches),
  );
  acts<[string, ClientOptions & { reason: string }]>(
    declaring,
    asClient(group.command('on'))
      .description('nothing in this scope goes out any more')
      .argument('<scope>', scope)
      .requiredOption('--reason <reason>', 'why: every explanation will name the switch'),
    () => killSwitch().then((m) => m.switchOn),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(group.command('off')).description('lift it again').argument('<scope>', scope),
    () => killSwitch().then((m) => m.switchOff),
  );
}

function declareKeys(declaring: Declaring): void {
  const group = declaring.program.command('keys').description('make, list and revoke API keys');
  examples(
    group,
    'DATABASE_URL=postgres://… righttouch keys create ops --scopes all     # the first one',
    'righttouch keys create web-shop --scopes events:write,customers:write',
    'righttouch keys revoke web-shop',
  );
  acts<[string, CreateKeyOptions]>(
    declaring,
    asClient(group.command('create'))
      .description('make one; its secret is shown this once. With DATABASE_URL set, in the database itself')
      .argument('<name>', 'who will use it, such as web-shop')
      .requiredOption('--scopes <scopes>', "names with commas between them, or 'all'"),
    () => keys().then((m) => m.createKey),
  );
  acts<[ClientOptions]>(
    declaring,
    asClient(group.command('list', { isDefault: true })).description('all keys, never their secrets'),
    () => keys().then((m) => m.listKeys),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(group.command('revoke')).description('it is refused everywhere within 5 seconds').argument('<name>'),
    () => keys().then((m) => m.revokeKey),
  );
}

function declareClock(declaring: Declaring): void {
  const group = declaring.program.command('clock').description("the engine's clock: DATABASE_URL, DATABASE_SCHEMA");
  examples(group, 'righttouch clock', 'DATABASE_SCHEMA=righttouch_demo righttouch clock set --rate 1440');
  acts<[JsonOption]>(
    declaring,
    withJson(group.command('show', { isDefault: true })).description('what it shows now, and its rate'),
    () => clock().then((m) => m.showClock),
  );
  acts<[JsonOption & { rate: string }]>(
    declaring,
    withJson(group.command('set'))
      .description("the rate of the demo's schema; anywhere else time runs as it does")
      .requiredOption('--rate <rate>', 'engine seconds in a real one'),
    () => clock().then((m) => m.setRate),
  );
}
