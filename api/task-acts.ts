/** What is done with a task. Each is one compare-and-set on the row: it works while no worker runs. */
import { z } from 'zod';
import { latestDefinition } from '../store/definitions.ts';
import { deskOf } from '../store/desk.ts';
import type { Desk } from '../store/default-task.ts';
import type { TaskChanged } from '../store/tasks/change.ts';
import { claimTask } from '../store/tasks/claim.ts';
import { completeTask } from '../store/tasks/complete.ts';
import { getTask } from '../store/tasks/get.ts';
import { handOverTask } from '../store/tasks/hand-over.ts';
import { reassignTask } from '../store/tasks/reassign.ts';
import { releaseTask } from '../store/tasks/release.ts';
import { reopenTask } from '../store/tasks/reopen.ts';
import type { StoredTask } from '../store/tasks/row.ts';
import { snoozeTask } from '../store/tasks/snooze.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refuseStranger } from './known-people.ts';
import { unknownTeam } from './known-teams.ts';
import { agent, bodyRefusals, instant, line, name, ourPath, refusals } from './shapes.ts';
import { changedOr } from './task-refused.ts';
import { shown, task } from './task-shape.ts';
import { tellPump } from './tell-pump.ts';

interface At {
  readonly id: string;
  readonly found: StoredTask | null;
  readonly now: number;
  readonly desk: Desk;
}
interface Operation {
  readonly summary: string;
  readonly body: z.ZodType;
  readonly act: (at: At, body: unknown) => Promise<TaskChanged>;
}
/** Ties what an operation does to the form of its own body. */
const operation = <B extends z.ZodType>(it: {
  readonly summary: string;
  readonly body: B;
  readonly act: (at: At, body: z.output<B>) => Promise<TaskChanged>;
}): Operation => ({ ...it, act: (at, body) => it.act(at, it.body.parse(body)) });

const by = { agent };
const why = line(500).describe('Why, in their words: it is kept in the log and read with the task');
const maybeWhy = why.optional();
const said = (given: string | undefined): { why?: string } => (given === undefined ? {} : { why: given });

const operations = ({ db }: ApiDeps): Readonly<Record<string, Operation>> => ({
  claim: operation({
    summary: 'Claim a task: from now on this person has the conversation',
    body: z.strictObject(by),
    act: async ({ id, found, now, desk }, body) => {
      await refuseStranger(db, 'agent', body.agent);
      const holdUntil = desk.addSpan(found?.askedTeam ?? desk.team, now, desk.holdAtMost);
      return claimTask(db, { id, by: body.agent, now, holdUntil, addSpan: desk.addSpan });
    },
  }),
  release: operation({
    summary: 'Give a task back to those who are asked',
    body: z.strictObject({ ...by, why: maybeWhy }),
    act: ({ id, now, desk }, body) =>
      releaseTask(db, { id, by: body.agent, ...said(body.why), now, addSpan: desk.addSpan }),
  }),
  snooze: operation({
    summary: 'Put a task aside until an instant; a message of the customer wakes it before',
    body: z.strictObject({ ...by, until: instant, why: maybeWhy }),
    act: ({ id, now }, body) =>
      snoozeTask(db, { id, by: body.agent, ...said(body.why), now, until: Date.parse(body.until) }),
  }),
  complete: operation({
    summary: 'Finish a task with one of its outcomes',
    body: z.strictObject({ ...by, outcome: line(100), why: maybeWhy }),
    act: ({ id, now }, body) => completeTask(db, { id, by: body.agent, ...said(body.why), now, outcome: body.outcome }),
  }),
  'hand-over': operation({
    summary: 'Give a task to another team: by when the customer is to be looked after stays, and so does the story',
    body: z.strictObject({ ...by, team: name, why }),
    act: async ({ id, now, desk }, body) => {
      const words = await latestDefinition(db, 'words');
      const teams = Object.keys(words?.data.teams ?? {});
      if (!teams.includes(body.team)) throw unknownTeam(body.team, teams);
      const { team } = body;
      return handOverTask(db, { id, by: body.agent, why: body.why, now, team, ladder: desk.ladderOf(team) });
    },
  }),
  reassign: operation({
    summary: 'Give a task to another person, whoever has it; one that is put aside stays so, and wakes for them',
    body: z.strictObject({ ...by, to: agent.describe('The person who has it from now on'), why }),
    act: async ({ id, now, desk }, body) => {
      await refuseStranger(db, 'to', body.to);
      return reassignTask(db, { id, by: body.agent, why: body.why, now, to: body.to, desk });
    },
  }),
  reopen: operation({
    summary: 'Open a task again that was not over; whoever was told its outcome is told nothing again',
    body: z.strictObject({ ...by, why }),
    act: ({ id, now, desk }, body) => reopenTask(db, { id, by: body.agent, why: body.why, now, addSpan: desk.addSpan }),
  }),
});

export function acting(app: Api, deps: ApiDeps): void {
  const { db, now, defaultTeam } = deps;
  for (const [what, { summary, body, act }] of Object.entries(operations(deps)))
    app.route({
      method: 'POST',
      url: `/v1/tasks/:id/${what}`,
      schema: {
        tags: ['tasks'],
        summary,
        operationId: `${what.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Task`,
        params: ourPath,
        body,
        response: { 200: task, ...refusals(404, 409, 422, ...bodyRefusals) },
      },
      handler: async ({ params: { id }, body: given }) => {
        // People say T-12, rows are found by their id.
        const found = await getTask(db, id);
        const at = { id: found?.id ?? id, found, now: now(), desk: await deskOf(db, defaultTeam) };
        const after = changedOr(id, await act(at, given));
        await tellPump(db, app.log);
        return shown(after);
      },
    });
}
