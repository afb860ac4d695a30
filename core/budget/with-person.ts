/** A touch that a person makes, or gets because it could not go out: what they are told, and what they may say of it. */
export const outcomesOfTouch = ['done', 'not needed'] as const;

export const personMakes = (say: string): string => `A person makes this contact: '${say}'`;
/** `because` is the budget's own sentence. */
export const couldNotGoOut = (say: string, because: string): string =>
  `A message ('${say}') could not go out: ${because}`;
