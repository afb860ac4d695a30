/** The names that people at the desk choose from: of the words that were published last. */
import type { Api, ApiDeps } from './deps.ts';
import { deskWords as shape } from './desk-words-shape.ts';
import { refusals } from './shapes.ts';
import { publishedWords } from './words-published.ts';

export function deskWords(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/desk-words',
    schema: {
      tags: ['desk'],
      summary: 'Teams and guards of the published words',
      operationId: 'deskWords',
      response: { 200: shape, ...refusals() },
    },
    handler: async () => {
      const words = await publishedWords(db);
      return {
        teams: Object.keys(words?.teams ?? {}).sort(),
        guards: Object.entries(words?.guards ?? {}).map(([fact, contradicts]) => ({
          fact,
          contradicts: [...contradicts],
        })),
      };
    },
  });
}
