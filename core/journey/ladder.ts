/**
 * Who is asked next, and how soon, if nobody takes a task. In the language a ladder is written whole, from whoever is asked first:
 *
 *     ladder([{ to: team('care'), within: business('1 hour') }, { to: team('leads'), within: business('2 hours') }, { to: person('Jo Meyer') }])
 *
 * Stored, it is what comes after the task's own team; a plain name is a team that is given as long as the task itself.
 */
export type RungData =
  | string
  | { readonly team: string; readonly within?: string }
  /** A named person. Being the last, they are told again and again until somebody acts. */
  | { readonly person: string; readonly within?: string };
export type LadderData = readonly RungData[];

/** Teams that a ladder leads to. */
export const teamsOf = (ladder: LadderData): string[] =>
  ladder.flatMap((rung) => (typeof rung === 'string' ? [rung] : 'team' in rung ? [rung.team] : []));

/** For eyes: a team's name, or a person's. */
export const nameOfRung = (rung: RungData): string =>
  typeof rung === 'string' ? rung : 'team' in rung ? rung.team : rung.person;
