/** What several days come to, by a name: reasons, channels. The largest first. */
import type { DayFigures } from '../answers.ts';

export interface Summed {
  readonly name: string;
  readonly parts: readonly number[];
}

function summed(
  rows: readonly { readonly name: string; readonly part: number; readonly count: number }[],
  parts: number,
): Summed[] {
  const found = new Map<string, number[]>();
  for (const { name, part, count } of rows) {
    const own = found.get(name) ?? Array.from({ length: parts }, () => 0);
    own[part] = (own[part] ?? 0) + count;
    found.set(name, own);
  }
  const whole = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);
  return [...found].map(([name, own]) => ({ name, parts: own })).sort((a, b) => whole(b.parts) - whole(a.parts));
}

export const becameOf = ['waited', 'to-person', 'not-made'] as const;
export const reasonsIn = (days: readonly DayFigures[]): Summed[] =>
  summed(
    days.flatMap(({ notMade }) =>
      notMade.map(({ is, because, touches }) => ({ name: because, part: becameOf.indexOf(is), count: touches })),
    ),
    becameOf.length,
  );

export const makers = ['human', 'tech'] as const;
export const channelsIn = (days: readonly DayFigures[]): Summed[] =>
  summed(
    days.flatMap(({ sent }) =>
      sent.by.map(({ channel, madeBy, count }) => ({ name: channel, part: makers.indexOf(madeBy), count })),
    ),
    makers.length,
  );
