/**
 * RightTouch, as a designer meets it: `teach` it your words once, in `words.ts`, and import the verbs from there.
 * `righttouch check` tells what is wrong, `righttouch publish` makes it so.
 */
export { teach, type Language } from './core/journey/teach.ts';
export { business, ladder, named, team } from './core/journey/ladder.ts';
export { day, id, moment, number, oneOf, person, text, yesNo, type Field } from './core/journey/fields.ts';
export type { Channel, Way } from './core/journey/channels.ts';
export type { Team, Words } from './core/journey/lexicon.ts';
export type { Policy } from './core/budget/policy.ts';
export type { TableStep } from './core/journey/table-steps.ts';
export type { ConditionData, Fate, Journey, Rule } from './core/journey/table.ts';
export { JourneyFaults, type Fault } from './core/journey/fault.ts';
export { env, http, systems, type SystemCall, type Systems } from './core/journey/systems.ts';
