/** The desk that takes what belongs to nobody: its time, ladders and calendars, as the newest words and policy say. */
import type { Desk } from './default-task.ts';
import { latestDefinition } from './definitions.ts';
import type { Db } from './open.ts';
import { after } from './team-calendar.ts';

/** Before anything is published there are no calendars: then it is this long, in plain time. */
const untilPublished = { within: '4 hours', holdAtMost: '2 days' };

export async function deskOf(db: Db, defaultTeam: string): Promise<Desk> {
  const words = (await latestDefinition(db, 'words'))?.data;
  const policy = (await latestDefinition(db, 'policy'))?.data;
  return {
    team: defaultTeam,
    within: policy?.maxSilence ?? untilPublished.within,
    theyWaitAfter: policy?.theyWaitAfter ?? [],
    holdAtMost: policy?.holdAtMost ?? untilPublished.holdAtMost,
    ladderOf: (team) => words?.teams[team]?.ladder ?? [],
    addSpan: (team, from, span) => after(words ?? null, team, from, span),
  };
}
