/** What a command may see and say: the process's own, or a test's. */
export interface Io {
  /** A line of what was asked for, to the standard output. */
  readonly out: (line: string) => void;
  /** A line about how it goes, to the standard error. */
  readonly tell: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative folders begin. */
  readonly cwd: string;
}

export const processIo: Io = {
  out: (line) => void process.stdout.write(`${line}\n`),
  tell: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
  cwd: process.cwd(),
};

export const printJson = (io: Io, value: unknown): void => io.out(JSON.stringify(value, null, 2));
