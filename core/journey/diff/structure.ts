/** Policy and words are plain data: they are compared part by part, and each part that differs is told by its name. */
import { compare, same, type Change } from './change.ts';
import { instead, listed, plainly, quoted } from './say.ts';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => value !== null && typeof value === 'object' && !Array.isArray(value);

/** 'events' of the words and such: what one of them is called. */
export const wordsNames: Readonly<Record<string, string>> = {
  events: 'event',
  customer: "the customer's field",
  teams: 'team',
  lookUps: 'look-up',
  actions: 'action',
  guards: 'guard',
};

export function dataChanges(
  about: 'policy' | 'words',
  before: object,
  after: object,
  names: Readonly<Record<string, string>>,
  /** A part that is new, or a member of one, in words. */
  inWords: (part: string, value: unknown) => string = (_, value) => plainly(value),
): readonly Change[] {
  const { gone, fresh, kept } = compare(byParts(before), byParts(after));
  const change = (name: string, kind: Change['kind'], says: string): Change => ({
    about,
    name,
    kind,
    says: sentence(about, says),
  });
  return [
    ...gone.map(([part]) => change(part, 'gone', `'${part}' is gone`)),
    ...fresh.map(([part, value]) => change(part, 'new', `'${part}' is new: ${plainly(value)}`)),
    ...kept.flatMap(([part, was, is]) => {
      if (same(was, is)) return [];
      const one = names[part];
      if (one === undefined || !isData(was) || !isData(is))
        return [change(part, 'changed', differs(`'${part}'`, is, was))];
      return membersOf(one, was, is, (value) => inWords(part, value)).map(([name, kind, says]) =>
        change(name, kind, says),
      );
    }),
  ];
}
const sentence = (about: string, says: string): string => `${about === 'policy' ? 'Policy' : 'Words'}: ${says}.`;

type Member = readonly [name: string, kind: Change['kind'], says: string];
function membersOf(one: string, before: Data, after: Data, inWords: (value: unknown) => string): readonly Member[] {
  const { gone, fresh, kept } = compare(before, after);
  const called = (name: string): string => `${one} ${quoted(name)}`;
  return [
    ...gone.map(([name]): Member => [name, 'gone', `${called(name)} is gone`]),
    ...fresh.map(([name, value]): Member => [name, 'new', `${called(name)} is new: ${inWords(value)}`]),
    ...kept.flatMap(([name, was, is]): readonly Member[] => {
      if (same(was, is)) return [];
      if (!isData(was) || !isData(is)) return [[name, 'changed', differs(called(name), is, was)]];
      const parts = compare(was, is);
      return [
        ...parts.gone.map(([part]): Member => [name, 'changed', `${called(name)} no longer has '${part}'`]),
        ...parts.fresh.map(([part, value]): Member => [
          name,
          'changed',
          `${called(name)} now has '${part}': ${plainly(value)}`,
        ]),
        ...parts.kept.flatMap(([part, old, now]): readonly Member[] =>
          same(old, now) ? [] : [[name, 'changed', differs(`${called(name)}, '${part}',`, now, old)]],
        ),
      ];
    }),
  ];
}

/** Lists of named things (windows) are told apart by their names. */
const byParts = (data: object): Data =>
  Object.fromEntries(
    Object.entries(data).map(([part, value]) => [
      part,
      part === 'windows' && Array.isArray(value)
        ? Object.fromEntries((value as { readonly name: string }[]).map((window) => [window.name, window]))
        : value,
    ]),
  );

/** Lists of names: what came and what went, unless it is their order that counts. */
function differs(what: string, after: unknown, before: unknown): string {
  if (isNames(after) && isNames(before)) {
    const [fresh, gone] = [after.filter((n) => !before.includes(n)), before.filter((n) => !after.includes(n))];
    const said = [
      ...(fresh.length === 0 ? [] : [`now also has ${listed(fresh.map(quoted), 'and')}`]),
      ...(gone.length === 0 ? [] : [`no longer has ${listed(gone.map(quoted), 'and')}`]),
    ];
    return said.length === 0
      ? `${what} is now in this order: ${listed(after.map(quoted), 'then')}`
      : `${what} ${listed(said, 'and')}`;
  }
  if (typeof after === 'string' && typeof before === 'string') return `${what} is now ${instead(after, before)}`;
  return `${what} is now ${plainly(after)} instead of ${plainly(before)}`;
}
const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');
