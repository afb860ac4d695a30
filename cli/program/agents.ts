import type { Command } from 'commander';
import type { AgentOptions, AnswerOptions, ListOptions, WithWhy } from '../commands/tasks.ts';
import { acts, asClient, examples, type ClientOptions, type Declaring } from './declare.ts';

const load = () => import('../commands/tasks.ts');

export function declareAgents(declaring: Declaring): void {
  declareTasks(declaring);
  declareTeams(declaring);
  const agents = declaring.program.command('agents').description('our people at the desk: list them, import them');
  examples(agents, 'righttouch agents list --team care', 'righttouch agents import people.csv');
  acts<[ClientOptions & { team?: string }]>(
    declaring,
    asClient(agents.command('list', { isDefault: true }))
      .description('all of them, or those of a team')
      .option('--team <team>', 'of one team'),
    () => import('../commands/agents.ts').then((m) => m.listAgents),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(agents.command('import'))
      .description('from a table with a line of columns: name, teams, languages, skills, hours, zone, capacity')
      .argument('<file>', 'a CSV file; what has several stands apart by ;'),
    () => import('../commands/agents.ts').then((m) => m.importAgents),
  );
}

function declareTeams(declaring: Declaring): void {
  const teams = declaring.program
    .command('teams')
    .description('what is ahead of each team, and how long a customer would wait');
  examples(teams, 'righttouch teams', 'righttouch teams suggested --since 2026-03-01T00:00:00Z');
  acts<[ClientOptions]>(
    declaring,
    asClient(teams.command('list', { isDefault: true })).description('all of them'),
    () => import('../commands/teams.ts').then((m) => m.listTeams),
  );
  acts<[ClientOptions & { since?: string }]>(
    declaring,
    asClient(teams.command('suggested'))
      .description('what it changes that tasks are suggested to somebody, beside those that were held out')
      .option('--since <instant>', 'of tasks opened since then; 30 days unless given'),
    () => import('../commands/teams.ts').then((m) => m.showEffect),
  );
}

function declareTasks(declaring: Declaring): void {
  const tasks = declaring.program
    .command('tasks')
    .description('customers who need a person: see them, take one, answer, finish');
  examples(
    tasks,
    'righttouch tasks list --team care',
    'righttouch tasks claim T-12 --agent ana',
    "righttouch tasks answer T-12 --agent ana 'It is on its way, and here on Friday.'",
    'righttouch tasks complete T-12 answered --agent ana',
    "righttouch tasks hand-over T-12 field --agent ana --why 'needs a visit'",
  );
  acts<[ListOptions]>(
    declaring,
    asClient(tasks.command('list', { isDefault: true }))
      .description('tasks that are not done, oldest first')
      .option('--team <team>', 'the team that is asked now')
      .option('--state <state>', 'open, claimed, snoozed or done')
      .option('--customer <customer>', 'of one customer')
      .option('--agent <name>', 'claimed by this person'),
    () => load().then((m) => m.listTasks),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(tasks.command('show')).description('one task with its reasons and what was done').argument('<task>'),
    () => load().then((m) => m.showTask),
  );
  acts<[string, AgentOptions]>(
    declaring,
    byAgent(tasks, 'claim', 'take it: this person has the conversation from now on'),
    () => load().then((m) => m.claimTask),
  );
  acts<[string, AgentOptions]>(declaring, byAgent(tasks, 'release', 'give it back to the team'), () =>
    load().then((m) => m.releaseTask),
  );
  acts<[string, string, AgentOptions]>(
    declaring,
    byAgent(tasks, 'snooze', 'put it aside until an instant').argument('<until>', 'such as 2026-03-02T09:00:00Z'),
    () => load().then((m) => m.snoozeTask),
  );
  acts<[string, string, AgentOptions & WithWhy]>(
    declaring,
    andWhy(byAgent(tasks, 'hand-over', 'give it to another team; its time and its story stay').argument('<team>')),
    () => load().then((m) => m.handOverTask),
  );
  acts<[string, string, AgentOptions & WithWhy]>(
    declaring,
    andWhy(byAgent(tasks, 'reassign', 'give it to another person').argument('<to>', 'who has it from now on')),
    () => load().then((m) => m.reassignTask),
  );
  acts<[string, AgentOptions & WithWhy]>(
    declaring,
    andWhy(byAgent(tasks, 'reopen', 'open one again that was not over')),
    () => load().then((m) => m.reopenTask),
  );
  acts<[string, string, AgentOptions & AnswerOptions]>(
    declaring,
    byAgent(tasks, 'answer', 'write to the customer, on the channel they wrote on')
      .argument('<text>', 'what is written')
      .option('--subject <subject>', 'of an e-mail')
      .option('--channel <channel>', "'email' or 'sms'; without it, where they wrote")
      .option('--why <why>', 'why you go on although you were warned'),
    () => load().then((m) => m.answerTask),
  );
  acts<[string, string, AgentOptions & { reached?: boolean }]>(
    declaring,
    byAgent(tasks, 'note', 'write down what was said on the phone')
      .argument('<text>', 'what was said')
      .option('--reached', 'they have their answer by it: whoever waits for one hears that'),
    () => load().then((m) => m.noteOnTask),
  );
  acts<[string, string, AgentOptions & { about: string }]>(
    declaring,
    byAgent(tasks, 'remind', "set a reminder: then it is a reason of the team's task")
      .argument('<at>', 'such as 2026-03-02T09:00:00Z')
      .requiredOption('--about <about>', 'of what'),
    () => load().then((m) => m.remindOfTask),
  );
  acts<[string, string, AgentOptions & { note?: string }]>(
    declaring,
    byAgent(tasks, 'complete', 'finish it with one of its outcomes').argument('<outcome>', 'as tasks show lists them'),
    () => load().then((m) => m.completeTask),
  );
  declareIntroduce(declaring, tasks);
}

function declareIntroduce(declaring: Declaring, tasks: Command): void {
  acts<[string, AgentOptions & { when?: string }]>(
    declaring,
    byAgent(tasks, 'introduce', 'have the customer told who is about to make contact, and when').option(
      '--when <instant>',
      'when they make contact, such as 2026-03-02T09:00:00Z; soon unless given',
    ),
    () => load().then((m) => m.introduce),
  );
}

const andWhy = (command: Command): Command =>
  command.requiredOption('--why <why>', 'kept with the task, for whoever reads it');

const byAgent = (tasks: Command, name: string, about: string): Command =>
  asClient(tasks.command(name))
    .description(about)
    .argument('<task>', 'its id, or what people call it: T-12')
    .requiredOption('--agent <name>', 'the person who acts');
