/** What the worker's bundle holds. The default export runs every other workflow type: `journey:NAME`, one for each journey. */
export { default } from './enrolment.ts';
export { broadcast } from './broadcast.ts';
export { watch as promise, watch as task } from './watch.ts';
