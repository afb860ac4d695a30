/** A task that no journey asked for: what whoever gets it may say, unless something else is said. */
export const defaultOutcomes = ['answered', 'no answer needed'] as const;

/** A customer wrote to us, and it is nobody's: a person has it. */
export const nobodyListens = {
  because: 'They wrote to us, and no journey listens',
  outcomes: defaultOutcomes,
} as const;
