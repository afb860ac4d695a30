import type { CorrectOptions } from '../commands/correct.ts';
import type { MoveOptions } from '../commands/move.ts';
import type { AcceptOptions, DeclineOptions, ListOptions } from '../commands/proposals.ts';
import type { PublishOptions } from '../commands/publish.ts';
import { acts, asClient, examples, type ClientOptions, type Declaring } from './declare.ts';

const versions = () => import('../commands/versions.ts');
const oneMore = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Journeys that run, changed. */
export function declareChanges(declaring: Declaring): void {
  const { program } = declaring;
  declarePublish(declaring);
  declareProposals(declaring);
  acts<[string, MoveOptions]>(
    declaring,
    examples(
      asClient(program.command('move'))
        .description('take the customers of one version of a journey to another one; told first, done with --go')
        .argument('<journey>')
        .requiredOption('--from <version>', 'the version they are on')
        .requiredOption('--to <version>', 'the one in which they go on')
        .option('--map <old=new>', 'who stands at one step goes on at another; may be repeated', oneMore)
        .option('--at <step>', 'only who stands there; may be repeated', oneMore)
        .option('--go', 'do it; stopped anywhere, the same again goes on'),
      'righttouch move inquiry --from 1 --to 2 --map remind=chase',
      'righttouch move inquiry --from 1 --to 2 --map remind=chase --go',
    ),
    () => import('../commands/move.ts').then((m) => m.move),
  );
  acts<[string, string, string, CorrectOptions]>(
    declaring,
    examples(
      asClient(program.command('correct'))
        .description("let all of a version say a template in the project's words; nobody moves")
        .argument('<journey>')
        .argument('<version>')
        .argument('<template>', 'its wording only; anything else is published')
        .requiredOption('--why <why>', 'kept with who and when')
        .option('--locale <locale>', 'in which language', 'en')
        .option('--in <folder>', 'the project; ./journeys or the folder itself'),
      "righttouch correct inquiry 2 still-there --why 'a slip of the pen'",
      "righttouch correct inquiry 2 still-there --locale de --why 'a wrong number' --in my-journeys",
    ),
    () => import('../commands/correct.ts').then((m) => m.correct),
  );
  acts<[string, string, ClientOptions]>(
    declaring,
    examples(
      asClient(program.command('retire'))
        .description('close a version that nobody is on')
        .argument('<journey>')
        .argument('<version>'),
      'righttouch retire inquiry 1',
    ),
    () => versions().then((m) => m.retire),
  );
  acts<[string, ClientOptions]>(
    declaring,
    examples(
      asClient(program.command('rollback'))
        .description('let the version before take the entries again; who is on the newer one stays there')
        .argument('<journey>'),
      'righttouch rollback inquiry',
    ),
    () => versions().then((m) => m.rollback),
  );
}

function declareProposals(declaring: Declaring): void {
  const commands = () => import('../commands/proposals.ts');
  const group = declaring.program
    .command('proposals')
    .description('what people at the desk would change of journeys: other words for a step, or another wait');
  acts<[ListOptions]>(
    declaring,
    examples(
      asClient(group.command('list'))
        .description('what is proposed and not decided')
        .option('--all', 'what was decided, too')
        .option('--journey <name>', 'of one journey'),
      'righttouch proposals list',
      'righttouch proposals list --all --journey inquiry',
    ),
    () => commands().then((m) => m.listProposals),
  );
  acts<[string, ClientOptions]>(
    declaring,
    examples(
      asClient(group.command('show'))
        .description('one of them, with what it would do')
        .argument('<proposal>', 'such as P-3'),
      'righttouch proposals show P-3',
    ),
    () => commands().then((m) => m.showProposal),
  );
  acts<[string, AcceptOptions]>(
    declaring,
    examples(
      asClient(group.command('accept'))
        .description(
          'write it into the project of its journey, to be checked and published; nothing that runs is changed',
        )
        .argument('<proposal>', 'such as P-3')
        .option('--in <folder>', 'the project; ./journeys or the folder itself')
        .option('--dry-run', 'tell what would be written, and write and accept nothing'),
      'righttouch proposals accept P-3',
      'righttouch proposals accept P-3 --in my-journeys --dry-run',
    ),
    () => commands().then((m) => m.acceptProposal),
  );
  acts<[string, DeclineOptions]>(
    declaring,
    examples(
      asClient(group.command('decline'))
        .description('decline it; whoever proposed it reads why')
        .argument('<proposal>', 'such as P-3')
        .option('--why <why>', 'in a sentence'),
      "righttouch proposals decline P-3 --why 'the promise is two days'",
    ),
    () => commands().then((m) => m.declineProposal),
  );
}

function declarePublish(declaring: Declaring): void {
  acts<[string | undefined, PublishOptions]>(
    declaring,
    examples(
      asClient(declaring.program.command('publish'))
        .description(
          'check a project, tell what it changes, then publish its journeys with words, policy and templates',
        )
        .argument('[folder]', 'the project; ./journeys or the folder itself')
        .option('--to <url>', 'the same as --url')
        .option('--dry-run', 'tell what it changes and who would be left behind, and publish nothing')
        .option('--keep', 'who stands at a step that is gone stays on the old version, and hears its words')
        .option('--move <old=new>', 'or goes on at another step of the new one; may be repeated', oneMore),
      'righttouch publish',
      'righttouch publish my-journeys --to https://touch.example.com --dry-run',
      'righttouch publish --move remind=chase',
      'righttouch publish --move inquiry/remind=chase --keep',
    ),
    () => import('../commands/publish.ts').then((m) => m.publish),
  );
}
