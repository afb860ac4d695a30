import { Command } from 'commander';
import type { Io } from '../io.ts';
import type { ExitCode } from '../refusal.ts';
import { declareAccounts } from './accounts.ts';
import { declareAgents } from './agents.ts';
import { declareCustomers } from './customers.ts';
import { declareDesign } from './design.ts';
import { declareOperations } from './operations.ts';
import { declareServers } from './servers.ts';

/** All commands, none of their code. */
export function createProgram(io: Io, exitWith: (code: ExitCode) => void): Command {
  const program = new Command('righttouch')
    .description('Just enough touch: whether to reach out to a customer, by which channel, and who should do it.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.tell(text.trimEnd()),
      outputError: () => undefined, // run.ts tells it, as JSON if that is wanted
    })
    .addHelpCommand(
      new Command('help').argument('[command]').description('show the help of a command').helpGroup('Begin:'),
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 refused or faults found, 2 called wrongly, 3 something cannot be reached.
Commands that speak to the API read RIGHTTOUCH_URL and RIGHTTOUCH_KEY; beside \`righttouch dev\` they need neither.`,
    );
  const declaring = { program, io, exitWith };
  program.commandsGroup('Begin:');
  declareDesign(declaring);
  program.commandsGroup('Customers:');
  declareCustomers(declaring);
  program.commandsGroup('People:');
  declareAgents(declaring);
  declareAccounts(declaring);
  program.commandsGroup('Run:');
  declareServers(declaring);
  program.commandsGroup('Operate:');
  declareOperations(declaring);
  return program;
}
