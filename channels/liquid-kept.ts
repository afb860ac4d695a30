/**
 * Engines and parsed texts that are kept: making them costs several times what rendering does. Both depend on nothing but their key, and
 * neither map grows without end: a company has few texts, and its customers live in few zones.
 */
import type { Liquid, Template } from 'liquidjs';

const most = 500;

function keep<K, V>(kept: Map<K, V>, key: K, make: () => V): V {
  const found = kept.get(key);
  if (found !== undefined) return found;
  if (kept.size >= most) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

const engines = new Map<string, Liquid>();
const texts = new WeakMap<Liquid, Map<string, Template[]>>();

/** `key` must name all that `make` depends on. */
export const keptEngine = (key: readonly (string | boolean)[], make: () => Liquid): Liquid =>
  keep(engines, JSON.stringify(key), make);

/** Throws what parsing throws, each time. */
export function keptText(liquid: Liquid, source: string): Template[] {
  const own = texts.get(liquid) ?? new Map<string, Template[]>();
  texts.set(liquid, own);
  return keep(own, source, () => liquid.parse(source));
}
