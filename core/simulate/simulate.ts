/** One customer on one journey, without servers: what `righttouch try` and the test kit share. */
export { act } from './act.ts';
export { newSim } from './new-sim.ts';
export { nextInstant } from './time.ts';
export { readAfter, readWhen } from './read-when.ts';
export { readValues } from './read-values.ts';
export { sampleData } from './sample-data.ts';
export { zoneOf } from './zone-of.ts';
export { sayWait } from './say-wait.ts';
export { shortInstant, tellLine, tellStory } from './tell-story.ts';
export { windowsNow } from './windows-now.ts';
export type { Act } from './acts.ts';
export type { Line, Setting, Sim, SimTask, SimTouch } from './types.ts';
