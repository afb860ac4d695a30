/** Runs one command line and answers with its exit code. What is refused is told here, for eyes or as JSON. */
import { CommanderError } from 'commander';
import { printJson, type Io } from './io.ts';
import { createProgram } from './program/program.ts';
import { Refusal, type ExitCode } from './refusal.ts';

export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = createProgram(io, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === 'helped') return 0;
    if (refusal === 'shown') return 2;
    if (args.includes('--json')) printJson(io, { error: asData(refusal) });
    else tell(refusal, io);
    return refusal.exit;
  }
}

/** 'helped': they asked for help. 'shown': they named no command, and were shown which there are. */
function asRefusal(error: unknown): Refusal | 'helped' | 'shown' {
  if (error instanceof Refusal) return error;
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return 'helped';
  if (error.code === 'commander.help') return 'shown';
  return new Refusal(2, sentenceOf(error.message));
}

/** "error: unknown option '--jsn'\n(Did you mean --json?)" as a sentence. */
function sentenceOf(message: string): string {
  const said = message
    .replace(/^error: /, '')
    .replace(/\.?\n\(?/, '. ')
    .replace(/\)$/, '');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.?!]$/.test(said) ? '' : '.'}`;
}

const asData = ({ exit, message, faults }: Refusal): unknown => ({
  exit,
  says: message,
  faults: faults.map(({ says, parts }) => ({ says, ...parts })),
});

function tell({ message, faults }: Refusal, io: Io): void {
  io.tell(message);
  for (const { says } of faults) io.tell(`  ${says}`);
}
