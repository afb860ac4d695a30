import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port nobody listens on at 127.0.0.1: the preferred one, else the first free one of the twenty after it, else any. */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred > 0) {
    for (let port = preferred; port <= Math.min(preferred + 20, 65_535); port++) {
      if (await tryPort(port)) return port;
    }
  }
  const port = await tryPort(0);
  if (port === undefined) throw new Error('no free port on 127.0.0.1: is the loopback interface up?');
  return port;
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

/** What a server that starts is told about ports. */
export interface PortWish {
  /** Taken if it is free, otherwise one of the next. */
  port?: number;
  /** This one and no other, for others know the address: waited for a little, until its last user is quite gone. */
  exactPort?: number;
}

/** The port for the first and for later attempts to start; starting again at an exact port is tried for about 10 s. */
export async function portFor(wish: PortWish, attempt: number): Promise<number> {
  if (wish.exactPort === undefined) return freePort(attempt === 1 ? wish.port : 0);
  if (attempt > 1) await sleep(500);
  return wish.exactPort;
}

export const attemptsFor = (wish: PortWish): number => (wish.exactPort === undefined ? 4 : 20);
