import type { Channel } from './channels.ts';
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

/** What a channel says of it: its own text in place of the body, and its subject. */
export function textsFor(
  { name, body, channels }: Template,
  channel: Channel,
): { readonly name: string; readonly body: string; readonly subject?: string } {
  const own = channels[channel];
  return { name, body: own?.text ?? body, ...(own?.subject === undefined ? {} : { subject: own.subject }) };
}
