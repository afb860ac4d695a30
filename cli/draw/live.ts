/** The newest version as it runs, and how many customers stand at each of its steps. */
import { z } from 'zod';
import type { Live } from '../../core/draw/draw.ts';
import { readJourney } from '../../core/journey/read.ts';
import type { Journey } from '../../core/journey/table.ts';
import { part, type ApiClient } from '../api-client.ts';
import { count } from '../check-project.ts';
import { refused } from '../refusal.ts';

const published = z.looseObject({ version: z.number(), definition: z.looseObject({}) });
const stands = z.looseObject({
  customers: z.number(),
  standing: z.array(z.looseObject({ version: z.number(), step: z.string().nullable(), customers: z.number() })),
});

export async function liveJourney(client: ApiClient, name: string): Promise<{ journey: Journey; live: Live }> {
  const path = `/v1/journeys/${part(name)}`;
  const { version, definition } = await client.call('GET', path, published);
  const read = readJourney(definition);
  if (!read.ok) throw refused(`Version ${version} of '${name}' is written in a way that this command does not know.`);
  const { standing } = await client.call('GET', `${path}/standing`, stands);
  return { journey: read.journey, live: liveOf(version, standing) };
}

type Standing = z.infer<typeof stands>['standing'];

function liveOf(version: number, standing: Standing): Live {
  const mine = standing.filter((row) => row.version === version);
  const at = Object.fromEntries(mine.flatMap(({ step, customers }) => (step === null ? [] : [[step, customers]])));
  const others = new Map<number, number>();
  for (const row of standing)
    if (row.version !== version) others.set(row.version, (others.get(row.version) ?? 0) + row.customers);
  const here = `Version ${version}: ${count(sum(mine), 'customer')} on it now.`;
  const older = [...others].map(([other, customers]) => `${customers} on version ${other}`);
  return { caption: older.length === 0 ? here : `${here} Also ${older.join(', ')}.`, at };
}
const sum = (rows: Standing): number => rows.reduce((all, { customers }) => all + customers, 0);
