import { misused } from './refusal.ts';

/** 'remind=chase', and 'inquiry/remind=chase' where several journeys are meant. */
export interface Mapped {
  readonly journey: string | null;
  readonly from: string;
  readonly to: string;
}

export function readMap(given: readonly string[]): readonly Mapped[] {
  const mapped = given.map((said): Mapped => {
    const m = /^(?:([a-z][a-z0-9-]*)\/)?((?:end:)?[a-z][a-z0-9-]*)=((?:end:)?[a-z][a-z0-9-]*)$/.exec(said);
    if (!m?.[2] || !m[3]) throw misused(`'${said}' should be old=new, two steps such as remind=chase.`);
    return { journey: m[1] ?? null, from: m[2], to: m[3] };
  });
  const keys = mapped.map(({ journey, from }) => `${journey ?? ''}/${from}`);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw misused(`The step '${twice.replace(/^\//, '')}' is mapped twice. Map it once.`);
  return mapped;
}

export const asMap = (mapped: readonly Mapped[]): Readonly<Record<string, string>> =>
  Object.fromEntries(mapped.map(({ from, to }) => [from, to]));
