/**
 * What a task's outcome means for each that asked for it. A task may have several reasons, and an agent ends all of them
 * with one word: a reason that offered this word gets it. One that did not gets its own first, which by convention is the
 * good end ('answered'), because the person has dealt with the customer as a whole.
 */
export const outcomeFor = (said: string, offered: readonly string[]): string =>
  offered.includes(said) ? said : (offered[0] ?? said);

/** All words an agent may choose from, each once, in the order of the reasons. */
export const outcomesOf = (reasons: readonly { readonly outcomes: readonly string[] }[]): string[] => [
  ...new Set(reasons.flatMap((reason) => reason.outcomes)),
];
