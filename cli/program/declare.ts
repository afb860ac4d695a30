/** How commands are declared: their words here, their code only once they are called, so that `--help` is quick. */
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { ExitCode } from '../refusal.ts';

/** A command's code: its arguments, then its options. */
export type Act<A extends readonly unknown[]> = (io: Io, ...given: A) => Promise<ExitCode | undefined>;

export interface Declaring {
  readonly program: Command;
  readonly io: Io;
  readonly exitWith: (code: ExitCode) => void;
}

/** Commander hands over arguments, options and the command itself; the last is nobody's business. */
export function acts<A extends readonly unknown[]>(
  { io, exitWith }: Declaring,
  command: Command,
  load: () => Promise<Act<A>>,
): Command {
  return command.action(async (...given: unknown[]) => {
    const act = await load();
    // What Commander gives is as declared beside it; it knows no types. Who takes less than it gives needs no more.
    const code = await act(io, ...(given.slice(0, -1) as unknown as A));
    exitWith(code ?? 0);
  });
}

export const examples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);

export const withJson = (command: Command): Command => command.option('--json', 'print JSON, errors too');

/** For commands that speak to the API. */
export const asClient = (command: Command): Command =>
  withJson(command).option('--url <url>', 'where the API answers (RIGHTTOUCH_URL, or the one `dev` runs)');

export interface JsonOption {
  readonly json?: true;
}
export interface ClientOptions extends JsonOption {
  readonly url?: string;
}
