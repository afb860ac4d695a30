/** Some tasks are suggested to nobody, so that what a suggestion changes can be measured: drawn once a task. */

/** In percent of the tasks, unless a team says otherwise. */
export const heldOutUsually = 10;

/** `draw` in [0, 1), one a task. */
export const isHeldOut = (draw: number, percent: number): boolean => draw * 100 < percent;
