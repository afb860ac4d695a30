/** What Twilio tells: texts of customers, and what became of ours. Signed over our public address; a forged one changes nothing. */
import { z } from 'zod';
import { readTwilioWebhook, type TwilioWebhook } from '../channels/sms-in.ts';
import { createBudgets } from '../store/budget/index.ts';
import { deskOf } from '../store/desk.ts';
import { takeInbound } from '../store/take-reply.ts';
import type { Api, ApiDeps } from './deps.ts';
import { storableText } from './json-body.ts';
import { Problem } from './problems.ts';
import { refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';

type Read = Exclude<TwilioWebhook, { is: 'forged' } | { is: 'unreadable' }>;

export function webhooks(app: Api, deps: ApiDeps): void {
  const { db, now, defaultTeam } = deps;
  const budgets = createBudgets(db, { clock: { now } });

  async function take(read: Read, touchId: string | undefined): Promise<void> {
    if (read.is === 'nothing') return;
    if (read.is === 'inbound') {
      const { inbound } = read;
      const clean = { ...inbound, text: storableText(inbound.text), from: storableText(inbound.from) };
      await takeInbound(db, clean, { now: now(), desk: await deskOf(db, defaultTeam) });
    } else {
      const { channel, providerId, status, errorCode, at } = read.receipt;
      const known = await budgets.settleByReceipt({ channel, providerId }, { status, errorCode, at });
      // The provider hung up before it named the message: our own address says which touch it is about.
      if (!known.known && touchId !== undefined)
        await budgets.settleByReceipt({ touchId, providerId }, { status, errorCode, at });
    }
    await tellPump(db, app.log);
  }

  app.register((inside: Api, _options, done) => {
    // What was signed is the body as it came, so nobody parses it before.
    inside.removeAllContentTypeParsers();
    inside.addContentTypeParser<string>(
      ['application/x-www-form-urlencoded', 'application/json'],
      { parseAs: 'string', bodyLimit: 64 * 1024 },
      (_request, text, parsed) => {
        parsed(null, text);
      },
    );
    for (const [path, summary] of [
      ['messages', "Take in a customer's text"],
      ['status', 'Take in what became of a text of ours'],
    ] as const)
      inside.route({
        method: 'POST',
        url: `/webhooks/twilio/${path}`,
        schema: {
          tags: ['webhooks'],
          summary,
          operationId: `twilio${path === 'messages' ? 'Message' : 'Status'}`,
          description:
            'Called by Twilio, as a form or as JSON, with X-Twilio-Signature. The same again changes nothing.',
          querystring: z.looseObject({ touch: z.string().max(300).optional(), bodySHA256: z.string().optional() }),
          body: z.string().max(64 * 1024),
          response: { 204: z.null().describe('Taken'), ...refusals(413, 415) },
        },
        handler: async (request, reply) => {
          const signature = request.headers['x-twilio-signature'];
          const read = readTwilioWebhook(
            settingsOf(deps),
            {
              path: request.raw.url ?? request.url,
              contentType: request.headers['content-type'] ?? '',
              body: request.body,
              signature: typeof signature === 'string' ? signature : '',
            },
            now(),
          );
          if (read.is === 'forged')
            throw new Problem('wrong-signature', 'This was not signed by our account at Twilio.');
          if (read.is === 'unreadable') throw new Problem('invalid-request', `${read.problem}.`);
          await take(read, request.query.touch);
          return reply.code(204).send(null);
        },
      });
    done();
  });
}

function settingsOf({
  publicUrl,
  twilioAuthToken,
  twilioAccountSid,
}: ApiDeps): Parameters<typeof readTwilioWebhook>[0] {
  if (publicUrl !== null && twilioAuthToken !== null && twilioAccountSid)
    return { publicUrl, authTokens: [twilioAuthToken], accountSid: twilioAccountSid };
  throw new Problem('wrong-signature', 'Webhooks of Twilio are not set up here: PUBLIC_URL and TWILIO_… are not set.');
}
