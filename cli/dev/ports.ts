import { once } from 'node:events';
import { createServer } from 'node:net';

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
