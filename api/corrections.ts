/** Wording corrected for all who are on a version. */
import { z } from 'zod';
import { countSegments } from '../channels/segments.ts';
import { variablesOf } from '../channels/templates.ts';
import { templateFaults } from '../core/journey/check/templates.ts';
import { readTemplates } from '../core/journey/read.ts';
import type { Template } from '../core/journey/template.ts';
import { journeyAt, pinned } from '../store/journeys.ts';
import { correct, corrections as made } from '../store/moves/correct.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, instant, iso, line, refusals } from './shapes.ts';
import { noVersion, versionPath } from './version-path.ts';

export function corrections(app: Api, { db, now }: ApiDeps): void {
  const correction = z
    .object({ template: z.string(), locale: z.string(), why: z.string(), by: z.string(), at: instant })
    .meta({ id: 'Correction' });
  app.route({
    method: 'POST',
    url: '/v1/journeys/:name/versions/:version/corrections',
    schema: {
      tags: ['moves'],
      summary: 'Correct the wording of a template for all of a version',
      operationId: 'correctTemplate',
      description:
        'Nobody moves. Only its words may be others: purpose, assumptions, what it tells and its channels stay, and it needs nothing more.',
      params: versionPath,
      body: z.strictObject({
        template: z.record(z.string(), z.unknown()).describe('The template in its stored form'),
        why: line(500).describe('Kept with who and when'),
      }),
      response: {
        200: z.object({
          isNew: z.boolean().describe('False: these are its words already'),
          customers: z.number().int().describe('Who is on this version'),
        }),
        ...refusals(404, 409, 422, ...bodyRefusals),
      },
    },
    handler: async (request) => {
      const { name: journey, version: at } = request.params;
      const found = await journeyAt(db, journey, at);
      if (!found) throw noVersion(journey, at);
      const { words } = await pinned(db, found);
      const template = soundTemplate(request.body.template, (read) =>
        templateFaults(read, words.data, { variablesOf, countSegments }),
      );
      const { why } = request.body;
      const done = await correct(db, { journey, version: at, template, why, by: actorOf(request), now: now() });
      if ('corrected' in done) return { isNew: done.isNew, customers: done.customers };
      if (done.refused === 'unknown-version') throw noVersion(journey, at);
      if (done.refused === 'unknown-template')
        throw new Problem('unknown-name', 'There is one fault.', [
          {
            field: 'template.name',
            expected: 'a template of this version, in a language it has',
            value: `${template.name}.${template.locale}`,
            mend: `There are: ${done.known.join(', ')}.`,
          },
        ]);
      throw new Problem(
        'not-possible-now',
        'Only wording can be corrected. Publish the rest as a new version.',
        done.because.map((problem) => ({
          field: 'template',
          expected: 'other words, and nothing else',
          problem,
          mend: 'Leave that as it is.',
        })),
      );
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/versions/:version/corrections',
    schema: {
      tags: ['moves'],
      summary: 'What was corrected in a version, by whom, when and why',
      operationId: 'listCorrections',
      params: versionPath,
      response: { 200: z.object({ items: z.array(correction) }), ...refusals(404) },
    },
    handler: async ({ params }) => {
      const items = await made(db, params.name, params.version);
      return { items: items.map(({ at, ...one }) => ({ ...one, at: iso(at) })) };
    },
  });
}

function soundTemplate(
  given: Readonly<Record<string, unknown>>,
  faultsOf: (template: Template) => readonly { problem: string; mend: string }[],
): Template {
  const read = readTemplates([given]);
  const [template] = read.ok ? read.templates : [];
  const faults = read.ok ? (template ? faultsOf(template) : []) : read.faults;
  if (template && faults.length === 0) return template;
  throw new Problem(
    'unsound-journey',
    `The template has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}. Nothing was corrected.`,
    faults.map(({ problem, mend }) => ({
      field: 'template',
      expected: 'what `righttouch check` finds nothing wrong with',
      problem,
      mend,
    })),
  );
}
