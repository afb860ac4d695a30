/** Our teams: what is ahead of each, and how long a customer would wait. */
import { z } from 'zod';
import { createApiClient } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

const team = z.looseObject({
  team: z.string(),
  ahead: z.number(),
  onShift: z.number(),
  handlingMs: z.number(),
  measured: z.boolean(),
  waitMs: z.number(),
  waitAtMostMs: z.number().nullable(),
  slowed: z.boolean(),
});
const arm = z.looseObject({
  heldOut: z.boolean(),
  tasks: z.number(),
  claimed: z.number(),
  byThem: z.number(),
  medianMsToClaim: z.number().nullable(),
  done: z.number(),
});

const minutes = (ms: number): string => `${String(Math.round(ms / 60_000))} min`;

export async function listTeams(io: Io, options: ClientOptions): Promise<ExitCode> {
  const { items } = await createApiClient(io, options).call('GET', '/v1/teams', z.object({ items: z.array(team) }));
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('There is no team: publish journeys first.');
  else
    io.out(
      columns(
        ['team', 'ahead', 'on shift', 'each takes', 'wait', 'may wait', 'journeys'],
        items.map((each) => [
          each.team,
          String(each.ahead),
          String(each.onShift),
          `${minutes(each.handlingMs)}${each.measured ? '' : ' (reckoned)'}`,
          minutes(each.waitMs),
          each.waitAtMostMs === null ? null : minutes(each.waitAtMostMs),
          each.slowed ? 'slowed' : 'as they are',
        ]),
      ),
    );
  return 0;
}

export async function showEffect(
  io: Io,
  { since, ...options }: ClientOptions & { readonly since?: string },
): Promise<ExitCode> {
  const path = `/v1/routing/effect${since === undefined ? '' : `?since=${encodeURIComponent(since)}`}`;
  const { items } = await createApiClient(io, options).call('GET', path, z.object({ items: z.array(arm) }));
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('No task was suggested to anybody yet.');
  else
    io.out(
      columns(
        ['tasks that were', 'tasks', 'claimed', 'by them', 'median to claim', 'done'],
        items.map((each) => [
          each.heldOut ? 'held out' : 'suggested',
          String(each.tasks),
          String(each.claimed),
          String(each.byThem),
          each.medianMsToClaim === null ? null : minutes(each.medianMsToClaim),
          String(each.done),
        ]),
      ),
    );
  return 0;
}
