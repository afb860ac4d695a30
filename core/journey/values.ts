/** From a field, as it is stored, to the check of its value where values arrive. Uses zod: not for workflows. */
import { z } from 'zod';
import type { FieldData } from './fields.ts';
import { eventFields, unknownName } from './known-names.ts';
import { readShape, type Reading } from './read-shape.ts';
import type { StoredWords } from './stored-words.ts';
import type { Scalar } from './table.ts';

const name = (what: string): z.ZodType =>
  z
    .string({ error: `Write ${what} of 1 to 64 characters.` })
    .min(1, { error: `Write ${what} of 1 to 64 characters.` })
    .max(64, {
      error: `Write ${what} of 1 to 64 characters.`,
    });
const plain: Readonly<Record<Exclude<FieldData['kind'], 'oneOf'>, z.ZodType>> = {
  id: name('an id'),
  person: name("a person's id"),
  moment: z.iso.datetime({
    offset: true,
    error: "Write an instant with its offset, such as '2026-10-25T09:00:00+02:00'.",
  }),
  day: z.iso.date({ error: "Write a calendar day, such as '2026-12-24'." }),
  yesNo: z.boolean({ error: 'Write true or false, without quotes.' }),
  number: z.number({ error: 'Write a number, without quotes.' }),
  text: z
    .string({ error: 'Write a text of at most 2,000 characters.' })
    .max(2_000, { error: 'Write a text of at most 2,000 characters.' }),
};

/** The strict check of one value: nothing is coerced. */
export function schemaOf(field: FieldData): z.ZodType {
  const schema =
    field.kind === 'oneOf'
      ? z.enum(field.values as [string, ...string[]], {
          error: `Write one of ${field.values.map((v) => `'${v}'`).join(', ')}.`,
        })
      : plain[field.kind];
  return field.optional ? z.optional(schema) : schema;
}

/** The strict check of an event's data: keys nobody taught are refused. */
export const schemaOfFields = (fields: Readonly<Record<string, FieldData>>): z.ZodObject =>
  z.strictObject(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, schemaOf(field)])));

export type Values = Readonly<Record<string, Scalar>>;

/** The data of an event, held against the words; an event nobody taught is a fault like any other. */
export function readEventData(words: StoredWords, event: string, data: unknown): Reading<'data', Values> {
  const fields = eventFields(words)[event];
  if (fields === undefined || !Object.hasOwn(eventFields(words), event))
    return { ok: false, faults: [unknownName('event', event, Object.keys(eventFields(words)))] };
  return readShape('data', schemaOfFields(fields), data);
}

/** What is said of a customer, in part: fields that are left out stay as they are. */
export const readCustomerFields = (words: StoredWords, fields: unknown): Reading<'fields', Values> =>
  readShape('fields', schemaOfFields(words.customer).partial(), fields);
