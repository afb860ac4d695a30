/** Buttons that our people press in Slack. Signed; whoever pressed one is looked up by their member id and acts in their own name. */
import { z } from 'zod';
import { isFromSlack } from '../channels/slack-signature.ts';
import { readSlackAction, type SlackAction } from '../channels/slack-action.ts';
import { agentInSlack } from '../store/agents/reached.ts';
import { deskOf } from '../store/desk.ts';
import { claimTask } from '../store/tasks/claim.ts';
import { getTask } from '../store/tasks/get.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';

export function slack(app: Api, deps: ApiDeps): void {
  app.register((inside: Api, _options, done) => {
    // What was signed is the body as it came, so nobody parses it before.
    inside.removeAllContentTypeParsers();
    inside.addContentTypeParser<string>(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 64 * 1024 },
      (_request, text, parsed) => {
        parsed(null, text);
      },
    );
    inside.route({
      method: 'POST',
      url: '/webhooks/slack/actions',
      schema: {
        tags: ['webhooks'],
        summary: 'Take in a button that was pressed in Slack',
        operationId: 'slackAction',
        description: 'Called by Slack, as a form, with X-Slack-Signature. What came of it is told at its response_url.',
        body: z.string().max(64 * 1024),
        response: { 200: z.object({}).describe('Taken'), ...refusals(413, 415) },
      },
      handler: async (request) => {
        const { slackSigningSecret: secret = null } = deps;
        const header = (name: string): string => [request.headers[name]].flat()[0] ?? '';
        const signed = {
          body: request.body,
          timestamp: header('x-slack-request-timestamp'),
          signature: header('x-slack-signature'),
        };
        if (secret === null || !isFromSlack(secret, signed, deps.realNow()))
          throw new Problem('wrong-signature', 'This was not signed by our Slack, or too long ago.');
        const action = readSlackAction(request.body);
        // Slack sends all that is pressed, also links: what is none of ours is taken and left.
        if (action?.action !== 'claim') return {};
        const says = await claimFromSlack(deps, app, action);
        await answerInSlack(deps, action, says, app);
        return {};
      },
    });
    done();
  });
}

async function claimFromSlack({ db, now, defaultTeam }: ApiDeps, app: Api, action: SlackAction): Promise<string> {
  const agent = await agentInSlack(db, action.member);
  if (!agent) return 'Nobody at the desk has your Slack account: ask who leads your team to add it.';
  const task = await getTask(db, action.value);
  const isTheirs =
    task !== null &&
    (agent.teams.includes(task.team) || agent.teams.includes(task.askedTeam) || task.askedPerson === agent.name);
  if (!isTheirs) return 'There is no such task of your team’s.';
  const desk = await deskOf(db, defaultTeam);
  const holdUntil = desk.addSpan(task.askedTeam, now(), desk.holdAtMost);
  const claimed = await claimTask(db, { id: task.id, by: agent.name, now: now(), holdUntil, addSpan: desk.addSpan });
  if ('refused' in claimed) return `${claimed.because}.`;
  await tellPump(db, app.log);
  return `T-${String(claimed.task.number)} is yours, ${agent.name}.`;
}

const answerWithinMs = 2_000;

/** Only where Slack itself listens: the request is signed, and yet nobody should make us call any address. */
async function answerInSlack(
  { slackApiUrl = null }: ApiDeps,
  { answerTo }: SlackAction,
  text: string,
  app: Api,
): Promise<void> {
  if (answerTo === null) return;
  const { origin } = new URL(answerTo);
  if (origin !== 'https://hooks.slack.com' && (slackApiUrl === null || origin !== new URL(slackApiUrl).origin)) return;
  try {
    const answer = await fetch(answerTo, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await answer.body?.cancel();
  } catch (error) {
    app.log.warn({ err: error }, 'Slack could not be told what came of a button');
  }
}
