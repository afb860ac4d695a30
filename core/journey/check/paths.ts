/** Whether a field exists, can be known here, and has such values. */
import type { Fault } from '../fault.ts';
import type { FieldData } from '../fields.ts';
import { knownNames, listed } from '../known-names.ts';
import { nearest } from '../nearest.ts';
import type { StoredWords } from '../stored-words.ts';
import type { ConditionData } from '../table.ts';

const always = ['customer', 'run', 'now', 'history'];
type Kind = FieldData['kind'];
const called: Readonly<Record<Kind, string>> = {
  id: 'an id',
  person: 'a person',
  moment: 'a moment',
  day: 'a day',
  yesNo: 'a yes-or-no',
  number: 'a number',
  text: 'a text',
  oneOf: 'a choice',
};

/** `kinds` says what the field must be, if that matters. */
export function pathFaults(
  path: string,
  words: StoredWords,
  heard: readonly string[],
  kinds?: readonly Kind[],
): readonly Fault[] {
  const { paths } = knownNames(words);
  const field = paths.get(path);
  if (field === undefined) {
    const same = [...paths.keys()].filter((known) => known.startsWith(path.slice(0, path.indexOf('.') + 1)));
    const mend = nearest(path, paths.keys()) ?? `Fields there: ${listed(same.length > 0 ? same : paths.keys())}.`;
    return [{ problem: `There is no field '${path}'.`, mend }];
  }
  const root = path.slice(0, path.indexOf('.'));
  if (!always.includes(root) && !heard.includes(root))
    return [{ problem: `It reads '${root}', which this journey never hears.`, mend: 'Listen for it, or enter by it.' }];
  if (kinds && !kinds.includes(field.kind))
    return [
      {
        problem: `'${path}' is ${called[field.kind]}.`,
        mend: `What stands here is ${kinds.map((kind) => called[kind]).join(' or ')}.`,
      },
    ];
  return [];
}

export function conditionFaults(
  condition: ConditionData,
  words: StoredWords,
  heard: readonly string[],
): readonly Fault[] {
  if ('all' in condition) return condition.all.flatMap((c) => conditionFaults(c, words, heard));
  if ('any' in condition) return condition.any.flatMap((c) => conditionFaults(c, words, heard));
  if ('not' in condition) return conditionFaults(condition.not, words, heard);
  const kinds = 'atLeast' in condition || 'atMost' in condition ? (['number'] as const) : undefined;
  const faults = pathFaults(condition.path, words, heard, kinds);
  const field = knownNames(words).paths.get(condition.path);
  if (faults.length > 0 || field === undefined || !('is' in condition)) return faults;
  return condition.is.flatMap((value) => valueFaults(condition.path, field, value));
}

function valueFaults(path: string, field: FieldData, value: string | number | boolean): readonly Fault[] {
  const type = field.kind === 'yesNo' ? 'boolean' : field.kind === 'number' ? 'number' : 'string';
  const fits = typeof value === type && (field.kind !== 'oneOf' || field.values.includes(String(value)));
  if (fits) return [];
  const values = field.kind === 'oneOf' ? field.values : [];
  const mend =
    nearest(String(value), values) ??
    (values.length > 0 ? `Its values: ${listed(values)}.` : `It is ${called[field.kind]}.`);
  return [{ problem: `'${path}' can never be ${JSON.stringify(value)}.`, mend }];
}
