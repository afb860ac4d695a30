/** One touch as `why` tells it to designers. */
import { z } from 'zod';

const considered = z.object({
  rules: z
    .array(
      z.object({
        because: z.string(),
        holds: z.boolean(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
        decided: z.array(z.string()),
      }),
    )
    .default([]),
  skipped: z.array(z.string()).default([]),
});
export const touchShape = z.looseObject({
  touchId: z.string(),
  says: z.string(),
  journey: z.string().nullable(),
  version: z.number().nullable(),
  step: z.string().nullable(),
  broadcast: z.looseObject({ audience: z.string() }).nullable(),
  purpose: z.string(),
  cause: z.string().nullable(),
  template: z.string().nullable(),
  madeBy: z.string(),
  askedAt: z.string(),
  considered: z.unknown(),
  asks: z.array(
    z.looseObject({
      ask: z.number(),
      at: z.string(),
      says: z.string(),
      tried: z.array(z.looseObject({ decision: z.looseObject({ wonBy: z.array(z.string()) }).nullable() })),
    }),
  ),
});
type Touch = z.infer<typeof touchShape>;

export function linesOfTouch(touch: Touch): string[] {
  const { journey, version, step, broadcast, template, purpose, cause, madeBy, says, asks } = touch;
  const place =
    journey === null ? [] : [`${journey} ${version ?? ''}`.trim(), ...(step === null ? [] : [`step '${step}'`])];
  if (broadcast !== null) place.push(`broadcast to ${broadcast.audience}`);
  const what = template === null ? 'free words' : `'${template}'`;
  const head = [...place, `${what} for ${purpose}${cause === null ? '' : `, caused by ${cause}`}`].join(', ');
  const told = asks.filter((ask) => asks.length > 1 || ask.says !== says);
  return [
    `\n${minute(touch.askedAt)}  ${head}${madeBy === 'human' ? ', made by a person' : ''}`,
    `  ${says}`,
    ...told.map((ask) => `  · asked ${minute(ask.at)}: ${ask.says}`),
    ...wonBy(asks.at(-1)),
    ...choices(touch.considered).map((line) => `  · ${line}`),
  ];
}

function wonBy(ask: Touch['asks'][number] | undefined): string[] {
  const won = [...new Set(ask?.tried.flatMap(({ decision }) => decision?.wonBy ?? []))];
  return won.length === 0 ? [] : [`  · the place went to ${won.join(', ')}`];
}

/** Which rules fitted and what they saw; which ways were left out. */
function choices(stored: unknown): string[] {
  const read = considered.safeParse(stored);
  if (!read.success) return [];
  const rules = read.data.rules.map(({ because, holds, values, decided }) => {
    const saw = Object.entries(values).map(
      ([path, value]) => `${path} is ${value === null ? 'not known' : String(value)}`,
    );
    const fits = holds
      ? decided.length > 0
        ? `fits, and decides ${decided.join(' and ')}`
        : 'fits, but is decided already'
      : 'does not fit';
    return `rule '${because}' ${fits}${saw.length === 0 ? '' : ` (${saw.join(', ')})`}`;
  });
  return [...rules, ...read.data.skipped.map((because) => `left out: ${because}`)];
}

/** '2026-03-02 09:00Z' */
export const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
