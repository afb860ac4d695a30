import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';
import { linesOfTouch, minute, touchShape } from '../lines-of-touch.ts';

const noteShape = z.looseObject({
  at: z.string(),
  journey: z.string().nullable(),
  team: z.string(),
  about: z.string(),
  dueAt: z.string(),
  toldAt: z.string().nullable(),
});
const awayShape = z.looseObject({
  at: z.string(),
  journey: z.string(),
  because: z.string(),
  until: z.string().nullable(),
});
const next = z.string().nullable();
const answer = z.discriminatedUnion('for', [
  z.looseObject({
    for: z.literal('designer'),
    touches: z.array(touchShape),
    notes: z.array(noteShape),
    turnedAway: z.array(awayShape),
    next,
  }),
  z.looseObject({
    for: z.enum(['agent', 'customer']),
    items: z.array(z.looseObject({ at: z.string(), about: z.string().nullish(), says: z.string() })),
    next,
  }),
]);
type Answer = z.infer<typeof answer>;

export interface WhyOptions extends ClientOptions {
  readonly for?: string;
  readonly language?: string;
  readonly limit?: string;
  readonly after?: string;
}

/** Oldest first, as it came to pass. */
export async function why(
  io: Io,
  customerId: string,
  { limit = '200', for: audience = 'designer', language, after, ...options }: WhyOptions,
): Promise<ExitCode> {
  const most = Number(limit);
  if (!/^\d{1,3}$/.test(limit) || most < 1 || most > 200)
    throw misused(`--limit is '${limit}', but should be a whole number from 1 to 200.`);
  if (!['designer', 'agent', 'customer'].includes(audience))
    throw misused(`--for is '${audience}', but should be designer, agent or customer.`);
  const client = createApiClient(io, options);
  const query = { limit: most, first: 'newest', for: audience, language, after };
  const told = await client.call('GET', `/v1/customers/${part(customerId)}/why`, answer, { query });
  if (options.json) {
    printJson(io, oldestFirst(told));
    return 0;
  }
  const items = itemsOf(told).sort((a, b) => (a.at < b.at ? -1 : 1));
  if (items.length === 0) io.out(`Nobody has asked to touch ${customerId} yet.`);
  else if (told.for === 'designer') {
    const touches = count(told.touches.length, 'touch').replace('touchs', 'touches');
    io.out(`${touches} to ${customerId}, oldest first.`);
  }
  for (const { lines } of items) for (const line of lines) io.out(line);
  if (told.next !== null) io.out(`\nThere are older ones: righttouch why ${customerId} --after ${told.next}`);
  return 0;
}

const oldestFirst = (told: Answer): Answer =>
  told.for === 'designer'
    ? {
        ...told,
        touches: told.touches.toReversed(),
        notes: told.notes.toReversed(),
        turnedAway: told.turnedAway.toReversed(),
      }
    : { ...told, items: told.items.toReversed() };

interface Item {
  readonly at: string;
  readonly lines: readonly string[];
}

function itemsOf(told: Answer): Item[] {
  if (told.for !== 'designer')
    return told.items.map(({ at, about, says }) => ({
      at,
      lines: [`${minute(at)}  ${about == null ? '' : `'${about}': `}${says}`],
    }));
  return [
    ...told.touches.map((touch) => ({ at: touch.askedAt, lines: linesOfTouch(touch) })),
    ...told.notes.map(({ at, journey, team, about, dueAt, toldAt }) => ({
      at,
      lines: [
        `\n${minute(at)}  ${journey ?? 'a journey'}, a note for ${team}: ${about}`,
        `  ${toldAt === null ? `To be told ${minute(dueAt)}.` : `Told ${minute(toldAt)}.`}`,
      ],
    })),
    ...told.turnedAway.map(({ at, journey, because, until }) => ({
      at,
      lines: [
        `\n${minute(at)}  ${journey} was not entered`,
        `  ${because}${until === null ? '' : `, from ${minute(until)} on`}.`,
      ],
    })),
  ];
}
