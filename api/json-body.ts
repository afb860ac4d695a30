/** JSON as it comes in: not nested too deeply, and with nothing in it that a prototype or PostgreSQL would choke on. */
import { Problem, type FieldFault } from './problems.ts';

const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);

export function readJson(text: string, maxDepth: number): unknown {
  if (deeper(text, maxDepth)) {
    throw new Problem('malformed-body', `The body is nested deeper than ${maxDepth} levels.`, [
      { field: 'body', expected: `at most ${maxDepth} levels`, mend: 'Send it flatter.' },
    ]);
  }
  const value = parse(text);
  const faults: FieldFault[] = [];
  look(value, '', faults);
  if (faults.length > 0)
    throw new Problem('malformed-body', 'The body has keys or characters that are never taken.', faults);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    // The parser's own message quotes the body.
    const mend = text.trim() === '' ? 'Send a body, or no Content-Type.' : 'Check quotes, commas and brackets.';
    throw new Problem('malformed-body', 'The body is not JSON.', [{ field: 'body', expected: 'JSON', mend }]);
  }
}

/** Counted before parsing, so that a megabyte of brackets never becomes a million arrays. */
function deeper(text: string, maxDepth: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 92) i++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 91 || code === 123) {
      if (++depth > maxDepth) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

function look(value: unknown, field: string, faults: FieldFault[]): void {
  if (typeof value === 'string') {
    if (!storable(value)) faults.push(unstorable(field || 'body'));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const inside = field === '' ? key : `${field}.${key}`;
    if (refusedKeys.has(key)) faults.push({ field: inside, expected: 'no such key', mend: 'Leave it out.' });
    if (!storable(key)) faults.push(unstorable(field || 'body'));
    look(part, inside, faults);
  }
}

/** PostgreSQL takes neither NUL nor half of a surrogate pair. */
export const storable = (text: string): boolean => !text.includes('\0') && wellFormed(text);
/** What a customer wrote is taken whatever it is, with a mark where PostgreSQL would choke. */
export const storableText = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\uFFFD');
const loneSurrogate = /\p{Surrogate}/u;
const wellFormed = (text: string): boolean => !loneSurrogate.test(text);

export const unstorable = (field: string): FieldFault => ({
  field,
  expected: 'well-formed Unicode without NUL characters',
  mend: 'Remove the NUL character or the lone surrogate.',
});
