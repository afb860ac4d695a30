/** Plausible data for an event whose fields nobody has told: so that a journey can be tried at once. */
import { dateOf, dayMs, wallDay } from '../calendar/zone.ts';
import type { FieldData } from '../journey/fields.ts';
import type { FieldsData } from '../journey/stored-words.ts';

/** Moments lie a week ahead. `given` stays as it is. */
export function sampleData(
  fields: FieldsData,
  given: Readonly<Record<string, unknown>>,
  now: number,
): Readonly<Record<string, unknown>> {
  const missing = Object.entries(fields).filter(([name, field]) => !field.optional && !Object.hasOwn(given, name));
  return { ...Object.fromEntries(missing.map(([name, field]) => [name, sample(name, field, now)])), ...given };
}

function sample(name: string, field: FieldData, now: number): unknown {
  switch (field.kind) {
    case 'id':
      return `${name.replace(/Id$/, '')}-1`;
    case 'person':
      return 'kim';
    case 'oneOf':
      return field.values[0];
    case 'yesNo':
      return false;
    case 'number':
      return 1;
    case 'text':
      return name === 'firstName' ? 'Ana' : name;
    case 'day':
      return dateOf(wallDay('UTC', now + 7 * dayMs).day);
    case 'moment':
      return new Date(now + 7 * dayMs).toISOString();
  }
}
