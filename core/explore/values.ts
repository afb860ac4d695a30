/** Which values of a field can make a difference: one for each way its conditions can turn out. */
import type { ConditionData, Scalar } from '../journey/table.ts';
import { remembered } from './remembered.ts';
import { pathsRead, type Setting } from './setting.ts';
import type { Values } from './world.ts';

/** Values for a path that conditions read; null stands for 'not known'. */
export const classesOf = remembered(reckon);

function reckon(setting: Setting, path: string): readonly (Scalar | null)[] {
  const field = setting.fields.get(path);
  const tests = setting.reads.flatMap(({ condition }) =>
    typeof condition === 'string' ? [] : testsOf(condition, path),
  );
  const { entry } = setting.journey;
  if (entry.only) tests.push(...testsOf(entry.only, path));
  const isChoice = setting.reads.some(({ condition }) => condition === path);
  const unknown = field === undefined || field.optional || path.startsWith('history.') ? [null] : [];
  if (field?.kind === 'yesNo') return [true, false, ...unknown];
  const said = tests.flatMap((test) => ('is' in test ? test.is : []));
  if (field?.kind === 'oneOf') {
    const others = field.values.filter((value) => !said.includes(value));
    return [...(isChoice ? field.values : [...new Set(said), ...others.slice(0, 1)]), ...unknown];
  }
  if (field?.kind === 'number') {
    const edges = tests.flatMap((test) =>
      'atLeast' in test
        ? [test.atLeast, test.atLeast - 1]
        : 'atMost' in test
          ? [test.atMost, test.atMost + 1]
          : 'is' in test
            ? test.is
            : [1],
    );
    return [...new Set(edges), ...unknown];
  }
  return [...new Set([...said, 'other']), ...unknown];
}

export function testsOf(condition: ConditionData, path: string): Extract<ConditionData, { readonly path: string }>[] {
  if ('all' in condition) return condition.all.flatMap((c) => testsOf(c, path));
  if ('any' in condition) return condition.any.flatMap((c) => testsOf(c, path));
  if ('not' in condition) return testsOf(condition.not, path);
  return condition.path === path ? [condition] : [];
}

/** Every way these paths can turn out, beside what is fixed. */
export function combinations(setting: Setting, paths: readonly string[]): readonly Values[] {
  return [...new Set(paths)].reduce<readonly Values[]>(
    (some, path) => some.flatMap((values) => classesOf(setting, path).map((value) => ({ ...values, [path]: value }))),
    [{}],
  );
}

/** The customer's record does not change on its way: what is read in several places is remembered. */
export function isRemembered(setting: Setting, path: string): boolean {
  if (!path.startsWith('customer.')) return false;
  const readers = setting.reads.filter(({ condition }) => pathsRead(condition).includes(path));
  return readers.length > 1 || setting.moments.has(path);
}
