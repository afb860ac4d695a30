/** zod is the only validator, and nothing in a body is coerced. Here its issues become faults: field, expectation, value, mend. */
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { nearest } from '../core/journey/nearest.ts';
import type { FieldFault } from './problems.ts';

type Part = 'body' | 'query' | 'path' | 'header';
const parts: Record<string, Part> = { body: 'body', querystring: 'query', params: 'path', headers: 'header' };

/** What Fastify hands to the error handler when a part of the request is not of its form. */
export class InvalidPart extends Error {
  readonly faults: FieldFault[];
  constructor(faults: FieldFault[]) {
    super('The request is not of the expected form');
    this.name = 'InvalidPart';
    this.faults = faults;
  }
}

export const compileValidator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = parts[httpPart ?? 'body'] ?? 'body';
  return (data: unknown) => {
    const read = schema.safeParse(data);
    return read.success
      ? { value: read.data }
      : { error: new InvalidPart(faultsOf(read.error.issues, data, schema, part)) };
  };
};

function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  data: unknown,
  schema: z.ZodType | null,
  part: Part,
): FieldFault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, data, schema, part));
}

function faultsOfIssue(issue: z.core.$ZodIssue, data: unknown, schema: z.ZodType | null, part: Part): FieldFault[] {
  const field = fieldName(part, issue.path);
  const value = valueAt(data, issue.path);
  const shown = show(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => ({
      field: fieldName(part, [...issue.path, key]),
      expected: 'no such field',
      mend:
        nearest(key, known) ?? (known.length > 0 ? `Leave it out. There are: ${known.join(', ')}.` : 'Leave it out.'),
    }));
  }
  const expected = expectation(issue);
  return [{ field, expected, ...(shown !== undefined && { value: shown }), mend: mend(issue, expected, value) }];
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? `a ${issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `'${String(issue.values[0])}'`
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_format':
      return issue.message.startsWith('Invalid')
        ? (formatNames[issue.format] ?? `the format ${issue.format}`)
        : issue.message;
    case 'invalid_union':
      return issue.message === 'Invalid input' ? 'one of the forms that are documented' : issue.message;
    default:
      return issue.message;
  }
}

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};
const formatNames: Record<string, string> = { datetime: "an instant such as '2026-03-02T09:00:00Z'" };
const unitOf = (origin: string): string => (origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '');

function mend(issue: z.core.$ZodIssue, expected: string, value: unknown): string {
  if (issue.code === 'custom' && typeof issue.params?.['mend'] === 'string') return issue.params['mend'];
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    const meant = nearest(value, issue.values.map(String));
    if (meant !== undefined) return meant;
  }
  return value === undefined ? `Add it: ${expected}.` : `Write ${expected}.`;
}

function fieldName(part: Part, path: readonly PropertyKey[]): string {
  const inside = path.map(String).join('.');
  if (part === 'body') return inside === '' ? 'body' : inside;
  return inside === '' ? part : `${part}.${inside}`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** What people wrote, and how they can be reached, is not repeated: answers end in logs that are not ours. */
const personal = new Set([
  'address',
  'addresses',
  'text',
  'subject',
  'proof',
  'note',
  'why',
  'fields',
  'authorization',
]);

function show(value: unknown, path: readonly PropertyKey[]): string | undefined {
  if (value === undefined || path.some((key) => personal.has(String(key)))) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}

function knownKeys(schema: z.ZodType | null, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) {
    at = unwrapped(at);
    at = at instanceof z.ZodObject ? at.shape[String(key)] : at instanceof z.ZodArray ? at.element : undefined;
  }
  at = unwrapped(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap());
  }
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}
