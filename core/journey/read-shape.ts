/** Reads what others send: checked for its shape, copied, and frozen; or all its faults at once. Uses zod: not for workflows. */
import type { z } from 'zod';
import type { Fault } from './fault.ts';
import { frozen } from './frozen.ts';

export type Reading<Name extends string, T> =
  ({ readonly ok: true } & Readonly<Record<Name, T>>) | { readonly ok: false; readonly faults: readonly Fault[] };

/** Deeper than anything sensible, shallower than what exhausts a stack. */
const deepest = 48;

/**
 * The messages of a schema's own checks are sentences that say what to write; the problem, where it is and what stood
 * there, is said here. T is what the schema checks; zod's own type for it differs in how it sees optional members.
 */
export function readShape<const Name extends string, T>(
  name: Name,
  schema: z.ZodType,
  input: unknown,
): Reading<Name, T> {
  const copy = plainCopy(input);
  if (!copy.ok) return { ok: false, faults: [copy.fault] };
  const read = schema.safeParse(copy.value);
  if (!read.success) return { ok: false, faults: read.error.issues.flatMap((issue) => told(issue, copy.value)) };
  return { ok: true, [name]: frozen(read.data) };
}

type Copy = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault };
function plainCopy(input: unknown): Copy {
  const notPlain = {
    problem: 'This is no plain JSON.',
    mend: 'Send objects, lists, texts, numbers, true, false and null.',
  };
  if (tooDeep(input)) {
    const fault = { problem: `It is nested more than ${deepest} levels deep.`, mend: 'Write it with fewer levels.' };
    return { ok: false, fault };
  }
  try {
    const text = JSON.stringify(input) as string | undefined;
    return text === undefined ? { ok: false, fault: notPlain } : { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, fault: notPlain };
  }
}
function tooDeep(input: unknown): boolean {
  let level = [input];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((part) =>
      part !== null && typeof part === 'object' ? (Object.values(part) as unknown[]) : [],
    );
  }
  return false;
}

function told(issue: z.core.$ZodIssue, input: unknown): readonly Fault[] {
  const path = issue.path.map(String);
  const value = path.reduce<unknown>(inside, input);
  // A step is known by its id, as everywhere else; what follows is its setting.
  const [step, rest] = path[0] === 'steps' && path.length > 1 ? [path[1], path.slice(2)] : [undefined, path];
  const at = (keys: readonly string[]): string => (keys.length > 0 ? `'${keys.join('.')}'` : 'It');
  const fault = (problem: string, mend: string): Fault => ({ ...(step === undefined ? {} : { step }), problem, mend });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      fault(`${at([...rest, key])} is not known here.`, 'Take it out, or mend its spelling.'),
    );
  return [fault(value === undefined ? `${at(rest)} is missing.` : `${at(rest)} is ${shown(value)}.`, issue.message)];
}
const inside = (value: unknown, key: string): unknown =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
