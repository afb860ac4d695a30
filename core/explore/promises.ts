/** What was promised, held against all ways. */
import type { Broken } from './broken.ts';
import { longest } from './measure.ts';
import { endedByStory } from './reach.ts';
import { after } from './times.ts';
import type { Moment, Ways } from './ways.ts';

/** A promise whose time passes while nobody has said more of it and no person knows. */
export function brokenPromises(ways: Ways): readonly Broken[] {
  const { setting, moments } = ways;
  return Object.entries(setting.journey.steps).flatMap(([step, data]): readonly Broken[] => {
    if (data.kind !== 'promise') return [];
    const says = {
      rule: 'promise passes unspoken',
      step,
      problem: `What was promised within ${data.due} passes: nothing more is said before it, and no person is told.`,
      mend: 'Listen for less long than that and escalate on silence, or keep the promise.',
    } as const;
    const isIn = (m: Moment): boolean => Object.hasOwn(m.world.past.promises, step);
    const ended = moments.find((m) => endedByStory(m) && isIn(m));
    if (ended) return [{ ...says, at: ended }];
    const due = (from: number): number => {
      const end = after(setting, from, { said: data.due, team: data.team });
      const { renew } = data;
      return renew
        ? after(setting, end, {
            each: Array.from({ length: renew.times }, () => ({ said: renew.more, team: data.team })),
          })
        : end;
    };
    const found = longest(
      ways,
      (m) => isIn(m) && m.world.state.ended === null,
      () => false,
      due,
    );
    return found ? [{ ...says, at: found.from, more: found.edges, late: found.late, begins: found.begins }] : [];
  });
}
