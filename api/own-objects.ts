/** What somebody who is signed in may touch: tasks of their own teams or in their own hands, and only in their own name. */
import type { FastifyRequest } from 'fastify';
import { whoseTask, type Whose } from '../store/tasks/whose.ts';
import type { Db } from '../store/open.ts';
import type { Caller } from './authenticate.ts';
import { Problem } from './problems.ts';
import { seesAllTeams } from './roles.ts';

export interface Seen {
  readonly teams: readonly string[];
  /** Whatever is in their own hands. */
  readonly name: string;
}

/** Of whose tasks a caller hears; null: of all. A key acts for a whole desk. */
export function tasksSeenBy(caller: Caller | null | undefined): Seen | null {
  const person = caller?.person;
  if (!person || seesAllTeams(person.role)) return null;
  return { teams: person.teams, name: person.name };
}

export const isSeen = (task: Whose, seen: Seen): boolean =>
  task.claimedBy === seen.name ||
  task.askedPerson === seen.name ||
  seen.teams.includes(task.team) ||
  seen.teams.includes(task.askedTeam);

/** Asked once the parts of a request are known to be of their form, so that it holds for every route under a task. */
export async function refuseForeign(db: Db, request: FastifyRequest): Promise<void> {
  const seen = tasksSeenBy(request.caller);
  const { params, body } = request as { params: { id?: string; agent?: string }; body?: { agent?: unknown } | null };
  const person = request.caller?.person;
  const agent = body?.agent ?? params.agent;
  if (person && agent !== undefined && agent !== person.name)
    throw new Problem('other-person', `You are signed in as ${person.name}: nobody acts in another's name.`, [
      { field: 'agent', expected: person.name, mend: 'Act in your own name.' },
    ]);
  if (seen === null || params.id === undefined || !request.routeOptions.url?.startsWith('/v1/tasks/:id')) return;
  const task = await whoseTask(db, params.id);
  // That there is one is nobody else's business either.
  if (task !== undefined && !isSeen(task, seen)) throw new Problem('not-found', `There is no task '${params.id}'.`);
}
