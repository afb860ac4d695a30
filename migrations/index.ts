import type { Migration } from 'kysely';
import * as spine from './0001-spine.ts';
import * as verbs from './0002-verbs.ts';
import * as dates from './0003-dates-and-audiences.ts';
import * as moves from './0004-moves.ts';
import * as sharedLimits from './0005-shared-limits-and-merges.ts';
import * as gates from './0006-gates.ts';
import * as why from './0007-why.ts';
import * as lines from './0008-rings-as-lines.ts';
import * as newestAsk from './0008-the-newest-ask.ts';
import * as tasksKept from './0009-tasks-that-cannot-be-lost.ts';
import * as mergedBudgets from './0011-merged-budgets.ts';
import * as peopleAtWork from './0013-people-at-work.ts';
import * as agents from './0014-agents.ts';
import * as accounts from './0015-accounts.ts';
import * as settledBy from './0016-how-it-was-settled.ts';
import * as whereabouts from './0017-whereabouts.ts';
import * as theDesk from './0018-the-desk.ts';
import * as figures from './0019-figures-and-the-field.ts';
import * as routing from './0020-routing.ts';
import * as introductions from './0021-introductions.ts';
import * as noticesToPeople from './0022-notices-to-people.ts';

/** In order, forward only. Named here and not found by reading a folder, because they are bundled. */
export const migrations: Record<string, Migration> = {
  '0001-spine': spine,
  '0002-verbs': verbs,
  '0003-dates-and-audiences': dates,
  '0004-moves': moves,
  '0005-shared-limits-and-merges': sharedLimits,
  '0006-gates': gates,
  '0007-why': why,
  '0008-rings-as-lines': lines,
  '0008-the-newest-ask': newestAsk,
  '0009-tasks-that-cannot-be-lost': tasksKept,
  '0011-merged-budgets': mergedBudgets,
  '0013-people-at-work': peopleAtWork,
  '0014-agents': agents,
  '0015-accounts': accounts,
  '0016-how-it-was-settled': settledBy,
  '0017-whereabouts': whereabouts,
  '0018-the-desk': theDesk,
  '0019-figures-and-the-field': figures,
  '0020-routing': routing,
  '0021-introductions': introductions,
  '0022-notices-to-people': noticesToPeople,
};
