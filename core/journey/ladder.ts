/**
 * Who is asked next, and how soon, if nobody takes a task. A ladder is written whole, from whoever is asked first:
 *
 *     ladder([{ to: team('care'), within: business('1 hour') }, { to: team('leads'), within: business('2 hours') }, { to: named('Jo Meyer'), within: business('1 hour') }])
 *
 * In `words.ts` it is a team's own ladder, and may begin with that team; on an escalation it says who is asked instead. It ends with a
 * person by name, who is told again and again until somebody acts. It is stored as data; a plain name is a team that has as long as the task.
 */
export type RungData = string | TeamRung | PersonRung;
export type LadderData = readonly RungData[];
export interface TeamRung<T extends string = string, S extends string = string> {
  readonly team: T;
  readonly within?: S;
}
/** A person has no calendar: that of the team before them counts. */
export interface PersonRung<S extends string = string> {
  readonly person: string;
  readonly within?: S;
}

interface ToTeam<T extends string> {
  readonly team: T;
}
interface ToPerson {
  readonly person: string;
}
interface RungSaid {
  readonly to: ToTeam<string> | ToPerson;
  readonly within: string;
}
type RungOf<R extends RungSaid> = R extends { readonly to: ToTeam<infer T>; readonly within: infer S extends string }
  ? TeamRung<T, S>
  : R extends { readonly within: infer S extends string }
    ? PersonRung<S>
    : never;
type Rungs<R extends readonly RungSaid[]> = { readonly [K in keyof R]: RungOf<R[K]> };
/** Said where the ladder is written, if nobody by name is at its end. */
type EndsWithPerson<R extends readonly RungSaid[]> = R extends readonly [...unknown[], { readonly to: ToPerson }]
  ? R
  : "A ladder ends with a person who is told until somebody acts: { to: named('Jo Meyer'), within: … }.";

export const team = <const T extends string>(name: T): ToTeam<T> => ({ team: name });
/** One of our people, as they are called at the desk. */
export const named = (person: string): ToPerson => ({ person });
/** business('2 hours') is '2 business hours': counted while the team is there. */
export const business = <const N extends number, const U extends 'hour' | 'hours' | 'day' | 'days'>(
  span: `${N} ${U}`,
): `${N} business ${U}` => span.replace(' ', ' business ') as `${N} business ${U}`;
export const ladder = <const R extends readonly RungSaid[]>(rungs: R & EndsWithPerson<R>): Rungs<R> =>
  rungs.map(({ to, within }) => ({ ...to, within })) as Rungs<R>;

const rungOf = (rung: RungData): TeamRung | PersonRung => (typeof rung === 'string' ? { team: rung } : rung);

/** Teams that a ladder leads to. */
export const teamsOn = (rungs: LadderData): string[] =>
  rungs.map(rungOf).flatMap((rung) => ('team' in rung ? [rung.team] : []));

/** Who is asked first, if the ladder begins with this team; and who is asked after it. */
export function fromFoot(
  own: string,
  rungs: LadderData,
): { readonly within: string | null; readonly above: LadderData } {
  const [first, ...above] = rungs;
  const foot = first === undefined ? null : rungOf(first);
  return foot && 'team' in foot && foot.team === own
    ? { within: foot.within ?? null, above }
    : { within: null, above: rungs };
}

/** For eyes: 'leads within 2 business hours'. */
export function sayRung(said: RungData): string {
  const rung = rungOf(said);
  return `${'team' in rung ? rung.team : rung.person}${rung.within === undefined ? '' : ` within ${rung.within}`}`;
}
