/** What `righttouch check --json` printed before a change, to hold today's prices against it. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { comparePrices } from '../core/explore/price.ts';
import type { TimedExploration } from './check-project.ts';
import type { Io } from './io.ts';
import { misused } from './refusal.ts';

const price = z.looseObject({
  steps: z.number(),
  touchesWorst: z.number(),
  touchesRepeat: z.boolean(),
  touchesTypical: z.number(),
  humanMinutesTypical: z.number(),
  hoursToPerson: z.number().nullable(),
  perStep: z.record(z.string(), z.object({ touches: z.number(), humanMinutes: z.number(), hours: z.number() })),
});
const printed = z.looseObject({ explored: z.array(z.looseObject({ journey: z.string(), price })) });
type Printed = z.output<typeof printed>['explored'];

export async function readEarlier(io: Io, file: string): Promise<Printed> {
  const wanted = `--against is '${file}', but should be a file that \`righttouch check --json\` wrote before the change`;
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch(() => null);
  if (text === null) throw misused(`${wanted}: it cannot be opened.`);
  try {
    return printed.parse(JSON.parse(text)).explored;
  } catch {
    throw misused(`${wanted}: it holds something else.`);
  }
}

/** 'starter: +1.2 touches, 3 h sooner to a person', for each journey that costs something else, is new, or is gone. */
export function sayDifferences(earlier: Printed, now: readonly TimedExploration[]): readonly string[] {
  const before = new Map(earlier.map((one) => [one.journey, one.price]));
  const here = new Set(now.map(({ journey }) => journey));
  return [
    ...now.flatMap(({ journey, price: after }) => {
      const was = before.get(journey);
      const says = was ? comparePrices(was, after) : 'new';
      return says === 'the same price' ? [] : [`${journey}: ${says}`];
    }),
    ...earlier.flatMap(({ journey }) => (here.has(journey) ? [] : [`${journey}: gone`])),
  ];
}
