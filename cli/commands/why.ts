import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';

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
const touchShape = z.looseObject({
  touchId: z.string(),
  says: z.string(),
  journey: z.string().nullable(),
  version: z.number().nullable(),
  step: z.string().nullable(),
  purpose: z.string(),
  cause: z.string().nullable(),
  template: z.string().nullable(),
  madeBy: z.string(),
  askedAt: z.string(),
  considered: z.unknown(),
  asks: z.array(z.looseObject({ ask: z.number(), at: z.string(), says: z.string() })),
});
const answer = z.looseObject({ customerId: z.string(), touches: z.array(touchShape) });
type Touch = z.infer<typeof touchShape>;

/** Oldest first, as it came to pass. */
export async function why(
  io: Io,
  customerId: string,
  { limit = '200', ...options }: ClientOptions & { readonly limit?: string },
): Promise<ExitCode> {
  const most = Number(limit);
  if (!/^\d{1,3}$/.test(limit) || most < 1 || most > 200)
    throw misused(`--limit is '${limit}', but should be a whole number from 1 to 200.`);
  const client = createApiClient(io, options);
  const query = { limit: most, first: 'newest' };
  const told = await client.call('GET', `/v1/customers/${part(customerId)}/why`, answer, { query });
  const touches = told.touches.toReversed();
  if (options.json) {
    printJson(io, { ...told, touches });
    return 0;
  }
  if (touches.length === 0) io.out(`Nobody has asked to touch ${customerId} yet.`);
  else io.out(`${count(touches.length, 'touch').replace('touchs', 'touches')} to ${customerId}, oldest first.`);
  for (const touch of touches) for (const line of linesOf(touch)) io.out(line);
  if (touches.length === most) io.out(`\nThere may be older ones: these are the newest ${most}.`);
  return 0;
}

function linesOf(touch: Touch): string[] {
  const { journey, version, step, template, purpose, cause, madeBy, says, asks } = touch;
  const place =
    journey === null ? [] : [`${journey} ${version ?? ''}`.trim(), ...(step === null ? [] : [`step '${step}'`])];
  const what = template === null ? 'free words' : `'${template}'`;
  const head = [...place, `${what} for ${purpose}${cause === null ? '' : `, caused by ${cause}`}`].join(', ');
  const told = asks.filter((ask) => asks.length > 1 || ask.says !== says);
  return [
    `\n${minute(touch.askedAt)}  ${head}${madeBy === 'human' ? ', made by a person' : ''}`,
    `  ${says}`,
    ...told.map((ask) => `  · asked ${minute(ask.at)}: ${ask.says}`),
    ...choices(touch.considered).map((line) => `  · ${line}`),
  ];
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
const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z`;
