/** What is the same on all ways of a journey is reckoned once. */
import type { Setting } from './setting.ts';

export function remembered<T>(reckon: (setting: Setting, name: string) => T): (setting: Setting, name: string) => T {
  const all = new WeakMap<Setting, Map<string, T>>();
  return (setting, name) => {
    const known = all.get(setting) ?? new Map<string, T>();
    all.set(setting, known);
    const found = known.get(name) ?? reckon(setting, name);
    known.set(name, found);
    return found;
  };
}
