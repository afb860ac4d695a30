import type { CheckOptions } from '../commands/check.ts';
import type { DrawOptions } from '../commands/draw.ts';
import type { TryOptions } from '../commands/try.ts';
import { declareChanges } from './changes.ts';
import { acts, asClient, examples, withJson, type ClientOptions, type Declaring, type JsonOption } from './declare.ts';

export function declareDesign(declaring: Declaring): void {
  const { program } = declaring;
  acts<[string, JsonOption]>(
    declaring,
    examples(
      withJson(program.command('init'))
        .description("begin a designer's project")
        .argument('<folder>', 'a new or empty folder'),
      'righttouch init my-journeys',
      'righttouch init . && righttouch check',
    ),
    () => import('../commands/init.ts').then((m) => m.init),
  );
  acts<[string | undefined, CheckOptions]>(
    declaring,
    examples(
      withJson(program.command('check'))
        .description('find everything that is wrong with words, policy, templates and journeys')
        .argument('[folder]', 'the project; ./journeys or the folder itself')
        .option('--format <form>', 'github: annotations of a workflow')
        .option('--against <file>', 'what --json printed before a change: tells what the change costs or saves'),
      'righttouch check',
      'righttouch check my-journeys --json',
      'righttouch check --format github --against before.json',
    ),
    () => import('../commands/check.ts').then((m) => m.check),
  );
  const policy = program.command('policy').description('how often customers may be touched');
  acts<[string | undefined, JsonOption]>(
    declaring,
    examples(
      withJson(policy.command('check'))
        .description('find what a policy says and does not mean: windows out of reach, headroom that is not kept')
        .argument('[folder]', 'the project; ./journeys or the folder itself'),
      'righttouch policy check',
      'righttouch policy check my-journeys --json',
    ),
    () => import('../commands/policy.ts').then((m) => m.policyCheck),
  );
  const policies = () => import('../commands/policies.ts');
  acts<[ClientOptions]>(
    declaring,
    asClient(policy.command('list')).description(
      'the versions that were published, and which journeys are held to each',
    ),
    () => policies().then((m) => m.listPolicies),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(policy.command('show')).description('one version, as it was published').argument('<version>'),
    () => policies().then((m) => m.showPolicy),
  );
  acts<[string, string, ClientOptions]>(
    declaring,
    examples(
      asClient(policy.command('diff'))
        .description('what a version changed of another, in words')
        .argument('<before>')
        .argument('<after>'),
      'righttouch policy diff 1 2',
    ),
    () => policies().then((m) => m.diffPolicies),
  );
  acts<[string, TryOptions]>(
    declaring,
    examples(
      withJson(program.command('try'))
        .description('go through a journey as one customer: no servers, nothing is sent')
        .argument('<journey>', 'which one')
        .option('--in <folder>', 'the project; ./journeys or the folder itself')
        .option('--script <file>', 'what happens, a line each, as it would be typed')
        .option('--on <instant>', "when it begins: 'Fri 16:55'")
        .option('--zone <zone>', "where the customer is, such as America/New_York (the team's zone)")
        .option(
          '--me <address>',
          'send its messages to yourself too, by SMTP_URL or to the inbox of the demo, marked as a try',
        )
        .option('--day <seconds>', 'with --me: how long a day of the story takes (4)'),
      'righttouch try starter',
      "righttouch try inquiry --on 'Fri 16:55' --script friday.txt",
      'righttouch try starter --me you@example.com',
    ),
    () => import('../commands/try.ts').then((m) => m.tryJourney),
  );
  acts<[string | undefined]>(
    declaring,
    examples(
      program
        .command('test')
        .description("run a project's own tests (*.test.ts): tries that were kept")
        .argument('[folder]', 'the project; ./journeys or the folder itself'),
      'righttouch test',
    ),
    () => import('../commands/test.ts').then((m) => m.testProject),
  );
  acts<[string | undefined, DrawOptions]>(
    declaring,
    examples(
      asClient(program.command('draw'))
        .description('draw journeys: readable on a phone, and without colours')
        .argument('[journey]', 'all of them, unless one is named')
        .option('--in <folder>', 'the project; ./journeys or the folder itself')
        .option('--svg', 'a picture (unless --out says otherwise)')
        .option('--mermaid', 'text that GitHub and many wikis draw')
        .option('--out <file>', 'where it is written; a folder for several')
        .option('--live', 'the newest version as it runs, with how many customers stand at each step'),
      'righttouch draw starter --out starter.svg',
      'righttouch draw inquiry --mermaid',
      'righttouch draw --out pictures',
      'righttouch draw inquiry --live --out now.svg',
    ),
    () => import('../commands/draw.ts').then((m) => m.draw),
  );
  declareChanges(declaring);
}
