/** One version of a journey, as people look at it: its picture, and its price tag. Both hang on what was published alone, and are kept. */
import type { z } from 'zod';
import { pictureOf } from '../core/draw/draw.ts';
import { timeOf } from '../core/journey/step-change.ts';
import { journeyAt, type JourneyVersion } from '../store/journeys.ts';
import { remember } from '../store/memory.ts';
import type { Api, ApiDeps } from './deps.ts';
import { exploredVersion } from './explored-version.ts';
import { toPlacedPicture, type PlacedPicture } from './journey-svg.ts';
import { picture } from './picture-shape.ts';
import { price, priceShown } from './price-shape.ts';
import { refusals } from './shapes.ts';
import { noVersion, versionPath } from './version-path.ts';

export function versionViews(app: Api, { db }: ApiDeps): void {
  const pictures = remember<z.output<typeof picture>>(200);
  const found = async ({ name, version }: { name: string; version: number }): Promise<JourneyVersion> => {
    const one = await journeyAt(db, name, version);
    if (!one) throw noVersion(name, version);
    return one;
  };
  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/versions/:version/picture',
    schema: {
      tags: ['journeys'],
      summary: 'A picture of a version, with the place of each step in it',
      operationId: 'getPicture',
      description: 'As `righttouch draw` draws it, without its heading. How many stand where: `…/standing`.',
      params: versionPath,
      response: { 200: picture, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const { hash, definition } = await found(params);
      return pictures(hash, async () => shown(definition, await toPlacedPicture(pictureOf(definition))));
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/versions/:version/price',
    schema: {
      tags: ['journeys'],
      summary: 'What a version costs customers and our own people',
      operationId: 'getPrice',
      description: 'Counted on all its ways, as `righttouch check` does.',
      params: versionPath,
      response: { 200: price, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const one = await found(params);
      return priceShown((await exploredVersion(db, one)).price);
    },
  });
}

function shown(
  definition: JourneyVersion['definition'],
  { places, ...drawn }: PlacedPicture,
): z.output<typeof picture> {
  const nodes = new Map(
    pictureOf(definition).groups.flatMap(({ nodes: all }) =>
      all.flatMap(({ id, name, head }) => (name === undefined ? [] : [[id, { name, head }] as const])),
    ),
  );
  const steps = places.flatMap(({ node, ...place }) => {
    const step = nodes.get(node);
    const at = step && definition.steps[step.name];
    if (!at) return [];
    const said = { time: timeOf(at)?.said ?? null, template: 'say' in at ? at.say : null };
    return [{ step: step.name, says: step.head, ...said, ...place }];
  });
  const order = Object.keys(definition.steps);
  return { ...drawn, steps: steps.sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step)) };
}
