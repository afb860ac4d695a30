/** 'plan=gold urgent=yes' as values, by what the words say of each field. */
import type { FieldData } from '../journey/fields.ts';
import type { FieldsData } from '../journey/stored-words.ts';

/** Whatever is no such field, or no such value, stays as it is written: reading it by the words tells what is wrong. */
export function readValues(written: readonly string[], fields: FieldsData): Readonly<Record<string, unknown>> | string {
  const values: Record<string, unknown> = {};
  for (const pair of written) {
    const equals = pair.indexOf('=');
    if (equals < 1) return `'${pair}' is no field with its value: write it as 'topic=billing'.`;
    const [name, text] = [pair.slice(0, equals), pair.slice(equals + 1)];
    values[name] = valueOf(text, Object.hasOwn(fields, name) ? fields[name] : undefined);
  }
  return values;
}

function valueOf(text: string, field: FieldData | undefined): unknown {
  if (field?.kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (field?.kind === 'yesNo' && ['yes', 'true'].includes(text)) return true;
  if (field?.kind === 'yesNo' && ['no', 'false'].includes(text)) return false;
  return text;
}
