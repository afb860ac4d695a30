/** What a version of a journey says: the texts of its templates, in each language. */
import { saidBy } from '../core/journey/diff/texts.ts';
import { journeyAt, pinned } from '../store/journeys.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refusals } from './shapes.ts';
import { texts } from './texts-shape.ts';
import { noVersion, versionPath } from './version-path.ts';

export function versionTexts(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/versions/:version/texts',
    schema: {
      tags: ['journeys'],
      summary: 'What a version says, in each language',
      operationId: 'getTexts',
      description: 'With the corrections that were made of it.',
      params: versionPath,
      response: { 200: texts, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const found = await journeyAt(db, params.name, params.version);
      if (!found) throw noVersion(params.name, params.version);
      const said = saidBy(found.definition);
      const all = (await pinned(db, found)).templates.data;
      const items = all
        .filter(({ name }) => said.has(name))
        .map(({ name, locale, purpose, channels, body }) => ({
          template: name,
          locale,
          purpose,
          channels: Object.keys(channels),
          body,
        }));
      return { items };
    },
  });
}
