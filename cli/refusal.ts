/** What a command says when it does not do what was asked. Expected, so it carries sentences and no stack. */

/** 1: refused, or there are faults. 2: it was called wrongly. 3: something that it needs cannot be reached. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface CommandFault {
  /** What is wrong, what was expected, and how to mend it. */
  readonly says: string;
  /** The same in parts, as a machine reads it. */
  readonly parts?: Readonly<Record<string, unknown>>;
}

export class Refusal extends Error {
  readonly exit: Exclude<ExitCode, 0>;
  readonly faults: readonly CommandFault[];

  constructor(exit: Exclude<ExitCode, 0>, says: string, faults: readonly CommandFault[] = []) {
    super(says);
    this.name = 'Refusal';
    this.exit = exit;
    this.faults = faults;
  }
}

export const refused = (says: string, faults: readonly CommandFault[] = []): Refusal => new Refusal(1, says, faults);
export const misused = (says: string, faults: readonly CommandFault[] = []): Refusal => new Refusal(2, says, faults);
export const unreachable = (says: string): Refusal => new Refusal(3, says);
