/** Live updates for the desk: server-sent events that say which tasks changed. What changed is asked for anew, under the usual rules. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TaskChange } from '../store/inbox/changes.ts';
import type { Identify } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { openFeed } from './live-feed.ts';
import { isSeen, tasksSeenBy } from './own-objects.ts';
import { Problem } from './problems.ts';
import { refusals } from './shapes.ts';

/** A connection that says nothing is cut by proxies after a minute or so. */
const beatMs = 20_000;
const streamsAtMost = 2_000;

export function live(app: Api, deps: ApiDeps, identify: Identify): void {
  const feed = openFeed(deps.db, app.log);
  let streams = 0;
  app.addHook('preClose', (done) => {
    feed.close();
    done();
  });
  app.route({
    method: 'GET',
    url: '/v1/live',
    schema: {
      tags: ['desk'],
      summary: 'Hear of tasks that change, as server-sent events',
      operationId: 'listen',
      description:
        "Each event 'tasks' has a JSON list of { id, customerId, action, by }. After a break everything may have changed: ask anew.",
      produces: ['text/event-stream'],
      response: { 200: z.string().describe('text/event-stream'), ...refusals() },
    },
    handler: (request, reply) => {
      if (streams >= streamsAtMost) throw new Problem('unavailable', 'Too many listen here already.');
      streams += 1;
      begin(reply);
      const seen = tasksSeenBy(request.caller);
      const stop = feed.listen((changes) => {
        const told = seen === null ? changes : changes.filter((change) => isSeen(change, seen));
        if (told.length > 0) reply.raw.write(eventOf(told));
      });
      const beat = setInterval(
        () => void stillMay(request, identify).then((may) => (may ? reply.raw.write(':\n\n') : reply.raw.end())),
        beatMs,
      );
      reply.raw.on('close', () => {
        streams -= 1;
        clearInterval(beat);
        stop();
      });
    },
  });
}

function begin(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  reply.raw.write('retry: 2000\n\nevent: ready\ndata: []\n\n');
}

const eventOf = (changes: readonly TaskChange[]): string =>
  `event: tasks\ndata: ${JSON.stringify(changes.map(({ taskId, customerId, action, actor }) => ({ id: taskId, customerId, action, by: actor })))}\n\n`;

/** Who was signed out, or whose key was taken away, hears no more. */
async function stillMay(request: FastifyRequest, identify: Identify): Promise<boolean> {
  request.caller = undefined;
  const caller = await identify(request).catch(() => null);
  return caller?.scopes.includes('tasks:read') ?? false;
}
