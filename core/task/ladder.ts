/** A ladder as a task has it: each rung with the team whose calendar counts its time. */
import { fromFoot, type LadderData } from '../journey/ladder.ts';

export interface Rung {
  /** Asked now; with a person, the team whose calendar counts. */
  readonly team: string;
  readonly person: string | null;
  /** How long they have; null: as long as the task itself was given. */
  readonly within: string | null;
}

/** Who is asked after this team. A person has no calendar of their own: that of the team before them counts. */
export function rungsOf(team: string, ladder: LadderData): Rung[] {
  let asked = team;
  return fromFoot(team, ladder).above.map((said) => {
    const rung = typeof said === 'string' ? { team: said } : said;
    if ('team' in rung) asked = rung.team;
    return { team: asked, person: 'person' in rung ? rung.person : null, within: rung.within ?? null };
  });
}
