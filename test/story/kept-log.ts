import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';

/** A log whose lines are kept, from warnings on: what is said of whom, and what is not. */
export function keptLog(): { readonly log: Logger; readonly logged: readonly string[] } {
  const logged: string[] = [];
  const sink = new Writable({
    write(line: Buffer, _, done) {
      logged.push(line.toString());
      done();
    },
  });
  return { log: pino({ level: 'warn' }, sink), logged };
}
