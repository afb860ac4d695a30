import type { Template } from './template.ts';

/**
 * A template as it was published with the journey: in the customer's language if there is one, else in English, else in any.
 * Null: there is none of this name, which `check` refuses.
 */
export function templateFor(templates: readonly Template[], name: string, locale: string): Template | null {
  const there = templates.filter((template) => template.name === name);
  const wanted = [locale, locale.split('-')[0], 'en'];
  return wanted.map((l) => there.find((t) => t.locale === l)).find((t) => t !== undefined) ?? there[0] ?? null;
}
