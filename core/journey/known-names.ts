/** The names a company's words give, together with those the engine knows without being taught. */
import { alwaysKnown, knownFields } from './always-known.ts';
import type { Fault } from './fault.ts';
import type { FieldData } from './fields.ts';
import { nearest } from './nearest.ts';
import type { FieldsData, StoredWords } from './stored-words.ts';

/** Fields written with the language's own words are data; only their type says something else, to the compiler. */
const engineEvents = alwaysKnown as unknown as Readonly<Record<string, FieldsData>>;

/** Event → its fields. */
export const eventFields = (words: StoredWords): Readonly<Record<string, FieldsData>> => ({
  ...words.events,
  ...engineEvents,
});

export const purposesOf = (words: StoredWords): readonly string[] => [
  'service',
  'relationship',
  'marketing',
  ...words.purposes,
];

/** Which events may be a service's cause. */
export const causesOf = (words: StoredWords): readonly string[] => [...words.causes, 'customer-replied'];

/** 'customer.plan' → its field, for every path a condition or a moment may name. */
export function pathsOf(words: StoredWords): ReadonlyMap<string, FieldData> {
  const under = (root: string, fields: FieldsData): [string, FieldData][] =>
    Object.entries(fields).map(([field, data]) => [`${root}.${field}`, data]);
  return new Map([
    ...Object.entries(eventFields(words)).flatMap(([event, fields]) => under(event, fields)),
    ...under('customer', words.customer),
    ...Object.entries(knownFields),
  ]);
}

export interface KnownNames {
  readonly paths: ReadonlyMap<string, FieldData>;
  /** Nothing, if the words know the name; else the fault, in a list of one. */
  fault(what: Named, name: string): readonly Fault[];
}
type Named = 'event' | 'team' | 'purpose' | 'template' | 'audience';
export function knownNames(words: StoredWords): KnownNames {
  const names: Readonly<Record<Named, readonly string[]>> = {
    event: Object.keys(eventFields(words)),
    team: Object.keys(words.teams),
    purpose: purposesOf(words),
    template: words.templates,
    audience: words.audiences,
  };
  return {
    paths: pathsOf(words),
    fault: (what, name) => (names[what].includes(name) ? [] : [unknownName(what, name, names[what])]),
  };
}

/** "No template is called 'inquiry-arived'. Did you mean 'inquiry-arrived'?" */
export const unknownName = (what: string, said: string, names: Iterable<string>): Fault => ({
  problem: `No ${what} is called '${said}'.`,
  mend: nearest(said, names) ?? `Teach it in words.ts, or name one of these: ${listed(names)}.`,
});

/** At most ten names: a list nobody reads helps nobody. */
export function listed(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return '(there are none)';
  return all.length <= 10 ? all.join(', ') : `${all.slice(0, 10).join(', ')} and ${all.length - 10} more`;
}
