/** Prometheus metrics: what the tables hold, read when asked, and how long this process took to answer. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { readCounts } from '../store/counts.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refusals } from './shapes.ts';

/** Counting millions of rows for each of several scrapers would cost more than it tells. */
const rememberCountsMs = 5_000;

export function metrics(app: Api, { db }: ApiDeps): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> =>
    new Gauge({ name: `righttouch_${name}`, help, labelNames: [...labelNames], registers: [register] });
  const touches = gauge('touches', 'Touches by state and channel', ['state', 'channel']);
  const deferrals = gauge('deferred_touches', 'Touches that wait now, by what holds them', ['because']);
  const tasks = gauge('open_tasks', 'Tasks that are not done, by the team that is asked', ['team', 'state']);
  const outbox = gauge('outbox', 'Workflows that have still to be told', ['state']);
  const enrolments = gauge('running_enrolments', 'Enrolments that run', []);
  const duration = new Histogram({
    name: 'righttouch_http_duration_seconds',
    help: 'From the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  let readAt = -Infinity;

  async function refresh(): Promise<void> {
    if (performance.now() - readAt < rememberCountsMs) return;
    const counts = await readCounts(db);
    readAt = performance.now();
    for (const each of [touches, deferrals, tasks, outbox]) each.reset();
    for (const { state, channel, count } of counts.touches) touches.inc({ state, channel: channel ?? 'none' }, count);
    for (const { because, count } of counts.deferrals) deferrals.set({ because }, count);
    for (const { team, state, count } of counts.openTasks) tasks.set({ team, state }, count);
    outbox.set({ state: 'waiting' }, counts.outbox.waiting);
    outbox.set({ state: 'parked' }, counts.outbox.parked);
    enrolments.set(counts.runningEnrolments);
  }

  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    register.clear();
    done();
  });

  app.route({
    method: 'GET',
    url: '/metrics',
    schema: {
      tags: ['operations'],
      summary: 'Prometheus metrics',
      operationId: 'metrics',
      response: {
        200: { description: 'In the Prometheus text format', content: { 'text/plain': { schema: z.string() } } },
        ...refusals(),
      },
    },
    handler: async (_request, reply) => {
      await refresh();
      // What is sent is text already; the schema's serialiser would quote it.
      return reply
        .type(register.contentType)
        .serializer((text: string) => text)
        .send(await register.metrics());
    },
  });
}
