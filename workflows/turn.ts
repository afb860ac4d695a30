/**
 * One local activity at a time. Answers of several that are under way reach a workflow one by one while it runs, and together when it is
 * replayed (temporalio/sdk-python#1881), so whatever it does between them would not be repeated.
 */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurn(): Turn {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const ours = before.then(work, work);
    before = ours;
    return ours;
  };
}
