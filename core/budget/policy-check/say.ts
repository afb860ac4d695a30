import type { ReadWindow } from '../read-policy.ts';

export const windowRule = ({ name }: Pick<ReadWindow, 'name'>): string => `window '${name}'`;

/** '7 days', 'a calendar week' */
export const inSpan = (said: string): string => (said.startsWith('calendar') ? `a ${said}` : said);

/** 'service and relationship' */
export const both = (names: readonly string[]): string => names.join(' and ');
