import { nearest } from '../core/journey/nearest.ts';
import { Problem } from './problems.ts';

/** A team that the newest words do not have. */
export function unknownTeam(team: string, known: readonly string[]): Problem {
  const listed = known.length > 0 ? `There are: ${known.join(', ')}.` : 'Nothing is published yet: there is none.';
  return new Problem('unknown-name', `There is no team '${team}'.`, [
    { field: 'team', expected: 'a team of the published words', value: team, mend: nearest(team, known) ?? listed },
  ]);
}
