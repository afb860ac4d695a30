import type { SetGuardOptions } from '../commands/guards.ts';
import type { HoldOptions, LimitsOptions } from '../commands/limits.ts';
import { acts, asClient, examples, withJson, type ClientOptions, type Declaring, type JsonOption } from './declare.ts';

const guards = () => import('../commands/guards.ts');
const limits = () => import('../commands/limits.ts');

export function declareGuards(declaring: Declaring): void {
  const { program } = declaring;
  const group = program
    .command('guards')
    .description('sensitive facts, of customers and of areas, and what must not be assumed while they hold');
  examples(
    group,
    'righttouch guards list --due',
    "righttouch guards set bereavement --customer c-1042 --reason 'told us on the phone' --review 2026-12-20",
    "righttouch guards set flood-area --area DE:535 --area DE:536 --reason 'the river Ahr' --review 2026-12-20",
    'righttouch guards apply guards.yaml',
    'righttouch guards lift c-1042 bereavement',
  );
  acts<[ClientOptions & { due?: true }]>(
    declaring,
    asClient(group.command('list', { isDefault: true }))
      .description('all that hold, by the date of their review')
      .option('--due', 'only those that somebody should have looked at by now'),
    () => guards().then((m) => m.listGuards),
  );
  acts<[string, SetGuardOptions]>(
    declaring,
    asClient(group.command('set'))
      .description(
        'set one, for customers, for a list of them, or for an area; set again, it has the new reason and review',
      )
      .argument('<guard>', 'a guard of the published words')
      .option('--customer <id>', 'for this customer; may be repeated', oneMore)
      .option('--ids <file>', "for those of a file of customers' ids, one a line")
      .option('--area <area>', 'for whoever is there or comes there: DE, DE-NW or DE:535; may be repeated', oneMore)
      .requiredOption('--reason <reason>', 'why')
      .requiredOption('--review <day>', 'when somebody should look again; that lifts nothing'),
    () => guards().then((m) => m.setGuard),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(group.command('apply'))
      .description('set those of a YAML or JSON file: a list with fact, reason, review, and customers or areas')
      .argument('<file>'),
    () => guards().then((m) => m.applyGuards),
  );
  acts<[string, string | undefined, ClientOptions]>(
    declaring,
    asClient(group.command('lift'))
      .description("lift a customer's guard, or an area's by its id")
      .argument('<of>', "a customer's id, or the id of an area's guard")
      .argument('[guard]'),
    () => guards().then((m) => m.liftGuard),
  );
  acts<[string, string, ClientOptions & { note?: string }]>(
    declaring,
    examples(
      asClient(program.command('checked'))
        .description('somebody looked, and what templates assume is so')
        .argument('<customer>')
        .argument('<assumption>')
        .option('--note <note>', 'how'),
      "righttouch checked c-1042 home-is-fine --note 'asked on the phone'",
    ),
    () => guards().then((m) => m.recordCheck),
  );
  declareLimits(declaring);
  acts<[JsonOption & { markdown?: true; laws?: true }]>(
    declaring,
    withJson(program.command('gates'))
      .description('all that may stop a touch, in the one order in which it is asked')
      .option('--markdown', 'as the table of the documentation')
      .option('--laws', 'the hours that laws leave, with their sources'),
    () => import('../commands/gates.ts').then((m) => m.showGates),
  );
}

function declareLimits(declaring: Declaring): void {
  const { program } = declaring;
  acts<[string, HoldOptions]>(
    declaring,
    examples(
      asClient(program.command('hold'))
        .description('a person has the conversation: machines are quiet until then, at most as long as the policy says')
        .argument('<customer>')
        .option('--reason <reason>', 'why', 'a person has the conversation')
        .option('--until <instant>', "when it ends; without it, the policy's holdAtMost")
        .option('--lift', 'it is over'),
      "righttouch hold c-1042 --reason 'on the phone with Ana'",
    ),
    () => limits().then((m) => m.holdCustomer),
  );
  acts<[string, LimitsOptions]>(
    declaring,
    examples(
      asClient(program.command('limits'))
        .description('what a customer asked of us: less, some hours or channels only, or nothing for a while')
        .argument('<customer>')
        .option('--less <number>', 'so much at most, by what contacts cost')
        .option('--in <span>', "in this span, such as '30 days'")
        .option('--until <instant>', 'for so long')
        .option('--pause <instant>', 'nothing but services until then')
        .option('--hours <hours>', 'only then, such as 09:00-12:00,17:00-20:00')
        .option('--channels <channels>', 'only by these, such as email,sms')
        .option('--source <where>', 'where they said it', 'told us')
        .option('--clear', 'they take back all of it'),
      'righttouch limits c-1042 --channels email --hours 09:00-18:00 --source phone',
    ),
    () => limits().then((m) => m.ownLimits),
  );
  acts<[ClientOptions]>(
    declaring,
    examples(
      asClient(program.command('consents')).description(
        'every consent ever given or withdrawn, with its proof, as CSV; with --json, an object a line',
      ),
      'righttouch consents > consents.csv',
    ),
    () => limits().then((m) => m.exportConsents),
  );
}

/** Repeated and not listed: a list would swallow what stands behind it. */
const oneMore = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
