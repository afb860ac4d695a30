import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../cli/dev/folders.ts';

export interface Sink {
  readonly port: number;
  look(): Promise<{ readonly mails: number; readonly cpuMs: number }>;
  stop(): void;
}

/** An SMTP server that takes everything, as a process of its own. */
export async function startSink(): Promise<Sink> {
  const child = fork(join(packageRoot, 'bench/smtp-sink.mjs'), { stdio: 'inherit' });
  const told = async <T>(): Promise<T> => ((await once(child, 'message')) as [T])[0];
  const { port } = await told<{ port: number }>();
  return {
    port,
    look() {
      const answer = told<{ mails: number; cpuMs: number }>();
      child.send('look');
      return answer;
    },
    stop() {
      child.disconnect();
    },
  };
}
