/** What comes in is held against the words that were published last: names, and the values of their fields. */
import { eventFields, purposesOf } from '../core/journey/known-names.ts';
import { nearest } from '../core/journey/nearest.ts';
import type { FieldsData, StoredWords } from '../core/journey/stored-words.ts';
import { schemaOf } from '../core/journey/values.ts';
import { latestDefinition } from '../store/definitions.ts';
import type { Db } from '../store/open.ts';
import { Problem, type FieldFault } from './problems.ts';

export const publishedWords = async (db: Db): Promise<StoredWords | null> =>
  (await latestDefinition(db, 'words'))?.data ?? null;

const one = (what: string): string => `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;

/** "Did you mean …?", or the names there are. */
export function unknown(field: string, what: string, said: string, names: Iterable<string>): FieldFault {
  const all = [...names];
  const listed = all.length === 0 ? `No ${what} is published yet.` : `There are: ${all.slice(0, 20).join(', ')}.`;
  return { field, expected: `${one(what)} that is known`, value: said, mend: nearest(said, all) ?? listed };
}

export const nothingPublished = (field: string, what: string): FieldFault => ({
  field,
  expected: `${one(what)} that is known`,
  mend: 'Publish journeys first: their words say what there is.',
});

/** Strictly: nothing is coerced, and what nobody taught is refused. Values are not repeated, they may tell who somebody is. */
export function againstFields(
  known: FieldsData,
  given: Readonly<Record<string, unknown>>,
  { at, partly }: { at: string; partly: boolean },
): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) faults.push({ ...unknown(`${at}.${name}`, 'field', name, Object.keys(known)) });
    // When something is changed, null takes it away.
    else if (value !== null || !partly) faults.push(...againstField(`${at}.${name}`, schemaOf(field), value));
  }
  if (partly) return faults;
  for (const [name, field] of Object.entries(known)) {
    if (!field.optional && !Object.hasOwn(given, name))
      faults.push(...againstField(`${at}.${name}`, schemaOf(field), undefined));
  }
  return faults;
}

const againstField = (field: string, schema: ReturnType<typeof schemaOf>, value: unknown): FieldFault[] => {
  const read = schema.safeParse(value);
  if (read.success) return [];
  const mend = read.error.issues[0]?.message ?? 'Write another value.';
  return [{ field, expected: expectedOf(mend), mend }];
};
/** The messages of these schemas are sentences: 'Write a number, without quotes.' */
const expectedOf = (mend: string): string => mend.replace(/^Write /, '').replace(/\.$/, '');

export function againstEvents(
  words: StoredWords | null,
  type: string,
  data: Readonly<Record<string, unknown>>,
): FieldFault[] {
  if (words === null) return [nothingPublished('type', 'event')];
  const events = eventFields(words);
  const fields = Object.hasOwn(events, type) ? events[type] : undefined;
  return fields === undefined
    ? [unknown('type', 'event', type, Object.keys(events))]
    : againstFields(fields, data, { at: 'data', partly: false });
}

export function againstPurposes(words: StoredWords | null, field: string, purpose: string): FieldFault[] {
  const known = words === null ? ['service', 'relationship', 'marketing'] : purposesOf(words);
  return known.includes(purpose) ? [] : [unknown(field, 'purpose', purpose, known)];
}

export function refuseUnknown(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  throw new Problem(
    'unknown-name',
    faults.length === 1 ? 'There is one fault.' : `There are ${faults.length} faults.`,
    faults,
  );
}

export const noCustomer = (id: string): Problem => new Problem('not-found', `There is no customer '${id}'.`);
