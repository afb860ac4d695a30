/** How somebody of us is told of tasks outside the desk, and until when they want to be left alone. */
import { z } from 'zod';
import { readAddress } from '../channels/address.ts';
import { reachedBy, setReached, type Reached } from '../store/agents/reached.ts';
import { noAgent, ownPath } from './agents.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, line, maybeInstant, maybeIso, refusals } from './shapes.ts';

const shape = z.object({
  email: line(254).nullable().describe('Notices are sent there; null: none'),
  slack: z
    .string()
    .regex(/^[A-Z0-9]{2,40}$/, "a member id of Slack such as 'U024BE7LH'")
    .nullable()
    .describe('Their member id in Slack; null: they are not told there'),
  focusUntil: maybeInstant.describe(
    'Real time. Until then they hear only of what misses its time; null: they may be told',
  ),
});
const shown = ({ email, slack, focusUntil }: Reached): z.output<typeof shape> => ({
  ...{ email, slack },
  focusUntil: maybeIso(focusUntil),
});

export function agentNotices(app: Api, { db }: ApiDeps): void {
  const url = '/v1/agents/:agent/notices';
  app.route({
    method: 'GET',
    url,
    schema: {
      tags: ['people'],
      summary: 'How they are told of tasks outside the desk',
      operationId: 'getAgentNotices',
      params: ownPath,
      response: { 200: shape.meta({ id: 'AgentNotices' }), ...refusals(404) },
    },
    handler: async ({ params: { agent } }) => {
      const found = await reachedBy(db, agent);
      if (!found) throw noAgent(agent);
      return shown(found);
    },
  });
  app.route({
    method: 'PUT',
    url,
    schema: {
      tags: ['people'],
      summary: 'Be told of tasks by e-mail or Slack, and be left alone for a while',
      description: 'News that can wait comes batched, a message in five minutes at most.',
      operationId: 'setAgentNotices',
      params: ownPath,
      body: z.strictObject({
        email: shape.shape.email.default(null),
        slack: shape.shape.slack.default(null),
        focusUntil: shape.shape.focusUntil.default(null),
      }),
      response: { 200: shape, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async ({ params: { agent }, body }) => {
      const read = body.email === null ? null : readAddress('email', body.email);
      if (read && !read.ok)
        throw new Problem('unknown-name', 'The e-mail address is none.', [
          { field: 'email', expected: 'an e-mail address', mend: read.problem },
        ]);
      const focusUntil = body.focusUntil === null ? null : Date.parse(body.focusUntil);
      const reached = { email: read?.address ?? null, slack: body.slack, focusUntil };
      const done = await setReached(db, agent, reached);
      if (done === null) throw noAgent(agent);
      if (done === 'taken') throw new Problem('already-exists', 'Another agent has this Slack account.');
      return shown(reached);
    },
  });
}
