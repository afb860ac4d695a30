/** What customers may see of our people: each fragment for itself, after they approved of it, until they withdraw it. */
import { z } from 'zod';
import { getAgent } from '../store/agents/agents.ts';
import {
  approveFragment,
  fragmentAt,
  fragmentKinds,
  fragmentsOf,
  sayFragment,
  withdrawFragment,
} from '../store/agents/fragments.ts';
import { noAgent, ownPath } from './agents.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, line, refusals } from './shapes.ts';

const fragment = z.enum(fragmentKinds);
const one = z
  .object({
    fragment,
    path: z.string().describe("Where customers see it once it is approved: '/people/p_…'"),
    approved: z.boolean(),
    text: z.string().nullable().describe('Null: a picture'),
  })
  .meta({ id: 'AgentFragment' });
const fragmentPath = ownPath.extend({ fragment });
const saying = z.strictObject({
  text: line(300).optional(),
  picture: z
    .base64()
    .max(540_000)
    .optional()
    .describe('A PNG, JPEG or WebP of at most 400 kB, in base64; only for the photo'),
});

export function fragments(app: Api, deps: ApiDeps): void {
  saidOf(app, deps);
  settling(app, deps);
  seen(app, deps);
}

const mustBe = async (db: ApiDeps['db'], who: string): Promise<void> => {
  if (!(await getAgent(db, who))) throw noAgent(who);
};

function saidOf(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/agents/:agent/fragments',
    schema: {
      tags: ['people'],
      summary: 'List what somebody said of themselves, and whether they approved of showing it',
      operationId: 'listFragments',
      params: ownPath,
      response: { 200: z.object({ items: z.array(one) }), ...refusals(404) },
    },
    handler: async ({ params: { agent } }) => {
      await mustBe(db, agent);
      const items = await fragmentsOf(db, agent);
      return {
        items: items.map(({ fragment: what, address, mediaType, content, isApproved }) => ({
          fragment: what,
          path: `/people/${address}`,
          approved: isApproved,
          text: mediaType.startsWith('text/') ? content.toString() : null,
        })),
      };
    },
  });
  app.route({
    method: 'PUT',
    url: '/v1/agents/:agent/fragments/:fragment',
    schema: {
      tags: ['people'],
      summary: 'Say something of oneself; nobody sees it before it is approved',
      operationId: 'sayFragment',
      params: fragmentPath,
      body: saying,
      response: { 200: z.object({ path: z.string() }), ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async ({ params: { agent, fragment: what }, body: { text, picture } }) => {
      await mustBe(db, agent);
      const content = contentOf(what, text, picture);
      return { path: `/people/${await sayFragment(db, agent, { fragment: what, ...content }, now())}` };
    },
  });
}

const pictures: readonly (readonly [mediaType: string, begins: string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/webp', '52494646'],
];

/** What a picture is, its first bytes tell, and never whoever sends it. */
function contentOf(what: string, text?: string, picture?: string): { mediaType: string; content: Buffer } {
  const expected = what === 'photo' ? 'picture' : 'text';
  const given = what === 'photo' ? picture : text;
  if (given === undefined)
    throw new Problem('unknown-name', `The fragment '${what}' is a ${expected}.`, [
      { field: expected, expected: `a ${expected}`, mend: `Send the ${expected}.` },
    ]);
  if (what !== 'photo') return { mediaType: 'text/plain; charset=utf-8', content: Buffer.from(given) };
  const content = Buffer.from(given, 'base64');
  const mediaType = pictures.find(([, begins]) => content.toString('hex', 0, 8).startsWith(begins))?.[0];
  if (mediaType === undefined)
    throw new Problem('unknown-name', 'The picture is of no kind that is shown.', [
      { field: 'picture', expected: 'a PNG, JPEG or WebP', mend: 'Send a PNG, JPEG or WebP.' },
    ]);
  return { mediaType, content };
}

function settling(app: Api, { db, now }: ApiDeps): void {
  for (const [method, url, operationId, summary, act] of [
    [
      'PUT',
      '/v1/agents/:agent/fragments/:fragment/approval',
      'approveFragment',
      'Approve of showing it to customers',
      approveFragment,
    ],
    [
      'DELETE',
      '/v1/agents/:agent/fragments/:fragment',
      'withdrawFragment',
      'Withdraw it: its address is gone at once',
      withdrawFragment,
    ],
  ] as const)
    app.route({
      method,
      url,
      schema: {
        tags: ['people'],
        summary,
        operationId,
        params: fragmentPath,
        response: { 204: z.null(), ...refusals(404) },
      },
      handler: async ({ params: { agent, fragment: what } }, reply) => {
        if (!(await act(db, agent, what, now())))
          throw new Problem('not-found', `${agent} has not said a '${what}' of themselves.`);
        return reply.code(204).send(null);
      },
    });
}

function seen(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/people/:address',
    schema: {
      tags: ['people'],
      summary: 'See what somebody of us shows of themselves, as customers do',
      operationId: 'seeFragment',
      params: z.strictObject({ address: z.string().regex(/^p_[a-z0-9]{1,60}$/, "an address such as 'p_3k9…'") }),
      response: {
        200: {
          description: 'Their words, or a picture',
          content: {
            'text/plain': { schema: z.string() },
            'image/png': { schema: z.any() },
            'image/jpeg': { schema: z.any() },
            'image/webp': { schema: z.any() },
          },
        },
        ...refusals(404, 410),
      },
    },
    handler: async ({ params: { address } }, reply) => {
      const found = await fragmentAt(db, address);
      // Nobody keeps a copy: what is withdrawn is gone for everybody with the next look.
      void reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
      if (found === null) throw new Problem('not-found', 'There is nothing here.');
      if (found === 'gone') throw new Problem('gone', 'This is not shown any more.');
      return reply.type(found.mediaType).send(found.content);
    },
  });
}
