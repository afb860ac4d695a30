/** Who is about to make contact, as a page for the customer: no sign-in, no script, gone when its time is over. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { escapeHtml } from '../channels/html.ts';
import { cardAt, type Card } from '../store/introductions/card.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refusals } from './shapes.ts';

const style = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
img{width:8rem;height:8rem;object-fit:cover;border-radius:50%}
@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}}`;
const styleHash = createHash('sha256').update(style).digest('base64');
/** Our own pictures, this very style, and nothing else. */
const policy = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${styleHash}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export function cards(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/cards/:card',
    schema: {
      tags: ['people'],
      summary: 'See who is about to make contact, as customers do',
      operationId: 'seeCard',
      params: z.strictObject({ card: z.string().regex(/^c_[a-z0-9]{1,60}$/, "an address such as 'c_3k9…'") }),
      response: {
        200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
        ...refusals(),
        404: { description: 'There is nothing here: a page', content: { 'text/html': { schema: z.string() } } },
        410: { description: 'It is shown no more: a page', content: { 'text/html': { schema: z.string() } } },
      },
    },
    handler: async ({ params: { card } }, reply) => {
      const found = await cardAt(db, card, now());
      void reply
        .header('content-security-policy', policy)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex')
        .type('text/html; charset=utf-8');
      if (found === null) return reply.code(404).send(pageOf('en', 'Nothing here', '<p>There is nothing here.</p>'));
      if (found === 'gone')
        return reply.code(410).send(pageOf('en', 'Not shown any more', '<p>This is not shown any more.</p>'));
      return reply.code(200).send(cardPage(found));
    },
  });
}

function cardPage({ language, name, photo, lines }: Card): string {
  const face = photo === null ? '' : `<p><img src="/people/${escapeHtml(photo)}" alt=""></p>\n`;
  const said = lines.map((each) => `<p>${escapeHtml(each)}</p>`).join('\n');
  return pageOf(language, name, `${face}<h1>${escapeHtml(name)}</h1>\n${said}`);
}

const pageOf = (language: string, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
