/** How long until the last who waits has a person: tasks ahead × median handling time, shared by those who are there. */
export interface Ahead {
  /** Tasks that wait for somebody of the team to take them. */
  readonly tasks: number;
  /** How long one of them takes a person; null: none has been finished lately. */
  readonly handlingMinutes: number | null;
  /** People who are on shift. */
  readonly people: number;
}

/** Minutes of work until the last of them is taken; null: nobody can say, because nobody is there or none was finished. */
export function minutesAhead({ tasks, handlingMinutes, people }: Ahead): number | null {
  if (tasks === 0) return 0;
  if (handlingMinutes === null || people === 0) return null;
  // Whoever is there takes one at once; the last one is taken when as many rounds as are before it are over.
  return Math.floor((tasks - 1) / people) * handlingMinutes;
}
