/** Reads a company's stored words nobody vouches for. Uses zod: not for workflows. */
import { z } from 'zod';
import { alwaysKnown } from './always-known.ts';
import type { Fault } from './fault.ts';
import { plainKinds } from './fields.ts';
import { unknownName } from './known-names.ts';
import { teamsOn } from './ladder.ts';
import { ladderShape } from './ladder-shape.ts';
import { readShape, type Reading } from './read-shape.ts';
import { fieldName, idShape, plainSpan } from './shapes.ts';
import type { StoredWords } from './stored-words.ts';

const optional = z.literal(true).optional();
const values = z
  .array(z.string().min(1).max(60))
  .min(1, { error: 'Name at least one value.' })
  .max(50)
  .refine((all) => new Set(all).size === all.length, { error: 'Name each value once.' });
const kinds = [...plainKinds, 'oneOf'].join(', ');
const field = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.enum(plainKinds), optional }),
    z.strictObject({ kind: z.literal('oneOf'), values, optional }),
  ],
  { error: `A field's kind is one of ${kinds}.` },
);
const fields = z.record(fieldName, field);
const names = z.array(idShape).max(500);
const dayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: "Write a day such as '2026-12-24'." });
const team = z.strictObject({
  open: z.string({ error: "Write hours such as 'Mon-Fri 09:00-17:00'." }).max(200),
  zone: z.string({ error: "Write a zone such as 'Europe/Berlin'." }).max(60),
  holidays: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/, { error: "Write a country such as 'DE', or a part of it: 'DE-BY'." })
    .optional(),
  daysOff: z.array(dayShape).max(400).optional(),
  daysOn: z.array(dayShape).max(400).optional(),
  ladder: ladderShape.optional(),
  waitAtMost: plainSpan.optional(),
  holdOut: z.int({ error: 'Write a whole number of percent, 0 to 100.' }).min(0).max(100).optional(),
});

const wordsShape = z.strictObject({
  format: z.literal(1, { error: 'Write format 1.' }),
  events: z.record(idShape, fields),
  causes: names,
  customer: fields,
  teams: z.record(idShape, team),
  purposes: names,
  templates: names,
  audiences: names,
  articles: names,
  lookUps: z.record(idShape, z.strictObject({ needs: fields, answers: names })),
  actions: z.record(idShape, z.strictObject({ needs: fields, declines: names })),
  guards: z.record(idShape, names),
});

export function readWords(input: unknown): Reading<'words', StoredWords> {
  const read = readShape<'words', StoredWords>('words', wordsShape, input);
  if (!read.ok) return read;
  const faults = inconsistent(read.words);
  return faults.length > 0 ? { ok: false, faults } : read;
}

/** What the compiler asks of `teach`, asked again of data. */
function inconsistent(words: StoredWords): readonly Fault[] {
  const teams = Object.keys(words.teams);
  const events = Object.keys(words.events);
  return [
    ...words.causes.filter((cause) => !events.includes(cause)).map((cause) => unknownName('event', cause, events)),
    ...Object.values(words.teams).flatMap(({ ladder = [] }) =>
      teamsOn(ladder)
        .filter((team) => !teams.includes(team))
        .map((team) => unknownName('team', team, teams)),
    ),
    ...events
      .filter((event) => event in alwaysKnown)
      .map((event) => ({
        problem: `The event '${event}' is always known.`,
        mend: 'Take it out: the engine itself sees it.',
      })),
    ...Object.entries(words.events).flatMap(([event, data]) =>
      Object.entries(data)
        .filter(([, { kind }]) => kind === 'text')
        .map(([name]) => ({
          problem: `'${event}.${name}' is free text.`,
          mend: 'Free text stays out of events: give the event an id, and the text a home in the conversation.',
        })),
    ),
  ];
}
