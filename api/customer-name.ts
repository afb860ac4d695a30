/** What people call them, as far as the company's own fields tell; else their id. */
export function customerName(fields: Readonly<Record<string, unknown>>, id: string): string {
  const text = (field: string): string => (typeof fields[field] === 'string' ? fields[field] : '');
  const whole = text('name') || [text('firstName'), text('lastName')].filter(Boolean).join(' ');
  return whole || id;
}
