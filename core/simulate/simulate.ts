/** One customer on one journey, without servers: what `righttouch try` and the test kit share. */
export { act, newSim, nextInstant, type Begun } from './act.ts';
export { readAfter, readWhen } from './read-when.ts';
export { readValues } from './read-values.ts';
export { sampleData } from './sample-data.ts';
export { zoneOf } from './zone-of.ts';
export { sayWait } from './say-wait.ts';
export { shortInstant, tellLine, tellStory } from './tell-story.ts';
export { templateFor } from './template-for.ts';
export { windowsNow, type WindowNow } from './windows-now.ts';
export type { Act, Acted, Customer, Line, Message, Rendering, Setting, Sim, SimTask, SimTouch } from './types.ts';
