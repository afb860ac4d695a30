/** Everything that reads what others send: journeys, words, policies, templates. Uses zod: not for workflows. */
export { readJourney } from './read-journey.ts';
export { readPolicy } from './read-policy.ts';
export { readTemplate, readTemplates } from './read-template.ts';
export { readWords } from './read-words.ts';
export type { Reading } from './read-shape.ts';
