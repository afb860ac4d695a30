/** What things may be called. */

/** Ids, outcomes of ends, events, teams, templates: 'we-answered'. At most 40 letters. */
export const isId = (said: string): boolean => /^[a-z][a-z0-9-]{0,39}$/.test(said) && !(said in Object.prototype);
export const idRule = 'Ids and endings are lower-case words joined by hyphens, at most 40 letters.';

/** Fields: 'startsAt'. At most 40 letters. Names JavaScript gives to every object would be found where nothing is. */
export const isFieldName = (said: string): boolean =>
  /^[a-z][A-Za-z0-9]{0,39}$/.test(said) && !(said in Object.prototype);

/** 'end:answered' names an ending by what came of it. */
export const endingId = (as: string): string => `end:${as}`;
export const isStepId = (said: string): boolean => isId(said.startsWith('end:') ? said.slice(4) : said);

/** Outcomes are words people read: 'wrong team', 'we-answered'. */
export const isOutcome = (said: string): boolean => /^\S(.{0,78}\S)?$/u.test(said) && !(said in Object.prototype);
export const outcomeRule = 'Outcomes are words people read, at most 80 letters.';
