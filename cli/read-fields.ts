/** 'percent=15 urgent=false topic=billing' as values. What looks like a number, or is true or false, is read as such. */
import { misused, Refusal, type CommandFault } from './refusal.ts';

export type Value = string | number | boolean | null;
export type Values = Readonly<Record<string, Value>>;

export function readFields(given: readonly string[]): Values {
  const fields = new Map<string, Value>();
  const faults: CommandFault[] = [];
  for (const said of given) {
    const at = said.indexOf('=');
    const name = said.slice(0, Math.max(at, 0));
    if (at < 1) faults.push({ says: `'${said}' should be field=value, such as topic=billing.` });
    else if (fields.has(name)) faults.push({ says: `The field '${name}' is given twice. Give it once.` });
    else fields.set(name, readValue(said.slice(at + 1)));
  }
  if (faults.length > 0) throw misused('The fields cannot be read.', faults);
  return Object.fromEntries(fields);
}

/** In double quotes it is always a text. */
function readValue(said: string): Value {
  const quoted = /^"(.*)"$/s.exec(said)?.[1];
  if (quoted !== undefined) return quoted;
  if (said === 'true' || said === 'false') return said === 'true';
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(said) ? Number(said) : said;
}

/**
 * Sends values as they were read. Where the published words want a text (an order's id '42', say), the API refuses the
 * number, and it is sent once more as a text: only the API knows the words. `under` is where the values stand in the body.
 */
export async function sendFields<T>(values: Values, under: string, send: (values: Values) => Promise<T>): Promise<T> {
  try {
    return await send(values);
  } catch (error) {
    const meant = error instanceof Refusal ? asTexts(values, under, error.faults) : null;
    if (meant === null) throw error;
    return send(meant);
  }
}

function asTexts(values: Values, under: string, faults: readonly CommandFault[]): Values | null {
  const wrong = new Set(faults.map(({ parts }) => parts?.['field']));
  const guessed = Object.entries(values).filter(
    ([name, value]) => wrong.has(`${under}.${name}`) && (typeof value === 'number' || typeof value === 'boolean'),
  );
  // Unless every fault is one of our guesses, what was refused is told as it was sent.
  if (guessed.length === 0 || guessed.length < wrong.size) return null;
  return { ...values, ...Object.fromEntries(guessed.map(([name, value]) => [name, String(value)])) };
}
