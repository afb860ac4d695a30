import type { Customer } from '../answers.ts';

/** What people call them, as far as the company's own fields tell; else their id. */
export function nameOf({ fields, id }: Customer): string {
  const text = (field: string): string => (typeof fields[field] === 'string' ? fields[field] : '');
  return text('name') || [text('firstName'), text('lastName')].filter(Boolean).join(' ') || id;
}
