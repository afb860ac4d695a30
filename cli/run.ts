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
    if (args.includes('--json')) printJson(io, { error: asData(refusal) });
    else tell(refusal, io);
    return refusal.exit;
  }
}

function asRefusal(error: unknown): Refusal | 'helped' {
  if (error instanceof Refusal) return error;
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return 'helped';
  return new Refusal(2, sentenceOf(error.message));
}

/** "error: unknown option '--jsn'\n(Did you mean --json?)" as a sentence. */
function sentenceOf(message: string): string {
  const said = message
    .replace(/^error: /, '')
    .replace(/\.?\n\(?/, '. ')
    .replace(/\)$/, '');
  const whole = said === '(outputHelp)' ? 'A command is missing. See righttouch --help.' : said;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}${/[.?!]$/.test(whole) ? '' : '.'}`;
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
