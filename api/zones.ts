/** What clocks show in a zone. Browsers know zones from tables of their own, which may be older than our rules. */
import { z } from 'zod';
import { dayMs, isZone, nextChange, offsetMs, zoneRules } from '../core/calendar/zone.ts';
import type { Api, ApiDeps } from './deps.ts';
import { iso, refusals } from './shapes.ts';
import { refuseUnknown } from './words-published.ts';
import { zoneShape } from './zone-shape.ts';

const aheadMs = 2 * 366 * dayMs;

export function zones(app: Api, { now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/zones',
    schema: {
      tags: ['desk'],
      summary: 'What clocks show in a zone, from two years ago to two years ahead',
      operationId: 'getZone',
      querystring: z.strictObject({ name: z.string().min(1).max(60).describe("'Europe/Berlin'") }),
      response: { 200: zoneShape, ...refusals(422) },
    },
    handler: ({ query: { name } }) => {
      const expected = "an IANA zone such as 'Europe/Berlin'";
      if (!isZone(name)) refuseUnknown([{ field: 'query.name', expected, value: name, mend: `Write ${expected}.` }]);
      return { name, rules: zoneRules(), periods: periodsOf(name, now()) };
    },
  });
}

function periodsOf(zone: string, now: number): { from: string; offsetMinutes: number }[] {
  const periods: { from: string; offsetMinutes: number }[] = [];
  for (let from = now - aheadMs; from < now + aheadMs; from = nextChange(zone, from))
    periods.push({ from: iso(from), offsetMinutes: offsetMs(zone, from) / 60_000 });
  return periods;
}
