/** Reads templates: front matter and a body in Liquid. Uses zod and yaml: not for workflows. */
import { parse } from 'yaml';
import { z } from 'zod';
import { channels } from './channels.ts';
import { readShape, type Reading } from './read-shape.ts';
import { idShape, sentenceShape } from './shapes.ts';
import type { Template } from './template.ts';

const text = z.string({ error: 'Write a text.' }).min(1, { error: 'Write a text.' }).max(20_000);
const name = z
  .string({ error: "Write a variable such as 'customer.firstName'." })
  .regex(/^[a-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9]*)?$/, { error: "Write a variable such as 'customer.firstName'." });
const email = z.strictObject({ subject: sentenceShape, text: text.optional() });
const sms = z.strictObject({
  segments: z.int({ error: 'Write 1 to 4.' }).min(1).max(4).optional(),
  text: text.optional(),
});
const spoken = z.strictObject({ text: text.optional() });
const shapes = { email, sms, whatsapp: spoken, voice: spoken, push: spoken, chat: spoken };
const templateShape = z.strictObject({
  name: idShape,
  locale: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: "Write a locale such as 'en' or 'de-CH'." }),
  purpose: idShape,
  assumes: z.array(idShape).max(20),
  needs: z.array(name).max(50),
  tells: z.literal('promise', { error: 'Write tells: promise, or nothing.' }).optional(),
  channels: z
    .strictObject(Object.fromEntries(channels.map((c) => [c, shapes[c].optional()])))
    .refine((all) => Object.keys(all).length > 0, { error: 'Name at least one channel: email needs a subject.' }),
  body: text,
});

/**
 * The file's name says which template in which language: 'inquiry-arrived.en.liquid'. Its front matter stands between two
 * lines of '---'.
 */
export function readTemplate(file: string, source: string): Reading<'template', Template> {
  const fault = (problem: string, mend: string): Reading<'template', Template> => ({
    ok: false,
    faults: [{ file, problem, mend }],
  });
  const named = /([^/\\]+)\.([^./\\]+)\.liquid$/.exec(file);
  if (!named)
    return fault(`'${file}' does not say its name and language.`, "Call it like 'inquiry-arrived.en.liquid'.");
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (!parts) return fault('It has no front matter.', "Begin it with '---', its purpose and channels, and '---'.");
  let head: unknown;
  try {
    head = parse(parts[1] ?? '', { maxAliasCount: 0 }) ?? {};
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return fault(`Its front matter is no YAML: ${reason}`, 'Write one setting a line, such as purpose: service.');
  }
  if (typeof head !== 'object' || head === null || Array.isArray(head))
    return fault('Its front matter is no list of settings.', 'Write one setting a line, such as purpose: service.');
  const whole = { assumes: [], needs: [], ...head, name: named[1], locale: named[2], body: (parts[2] ?? '').trim() };
  const read = readShape<'template', Template>('template', templateShape, whole);
  return read.ok ? read : { ok: false, faults: read.faults.map((f) => ({ file, ...f })) };
}

/** Templates in their stored form, as they are published. */
export const readTemplates = (input: unknown): Reading<'templates', readonly Template[]> =>
  readShape('templates', z.array(templateShape).max(1_000), input);
