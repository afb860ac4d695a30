/** Takes a walk that goes in small steps to its end at once. */
export function toEnd<T>(walk: Generator<undefined, T>): T {
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}
