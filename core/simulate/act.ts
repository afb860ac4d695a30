/** One thing happens to the simulated customer. Pure: the same customer and the same act give the same story. */
import type { Act, Acted } from './acts.ts';
import { byPerson, bySystem, conversationEnds } from './answers.ts';
import { change } from './change.ts';
import { deliver, draftOf, finished, type Draft } from './draft.ts';
import { begin, goOn } from './go-on.ts';
import { takeEvent } from './hear.ts';
import { next, silence, until } from './pass-time.ts';
import type { Problem } from './problem.ts';
import { reply } from './reply.ts';
import type { Setting, Sim } from './types.ts';

/** What cannot happen changes nothing and says why. */
export function act(setting: Setting, sim: Sim, what: Act): Acted {
  const d = draftOf(setting, sim);
  const problem = take(d, what);
  if (problem !== null) return { ok: false, problem };
  goOn(d);
  return { ok: true, sim: finished(d) };
}

function take(d: Draft, what: Act): Problem {
  switch (what.do) {
    case 'event':
      return takeEvent(d, what.event, what.data);
    case 'enter':
      if (d.run && !d.run.ended) return `${d.setting.journey.name} runs already.`;
      begin(d);
      return null;
    case 'reply':
      return reply(d, what.channel);
    case 'silence':
      return silence(d);
    case 'next':
      return next(d);
    case 'until':
      return until(d, what.at);
    case 'claim':
    case 'answer':
    case 'decide':
      return byPerson(d, what);
    case 'system':
      return bySystem(d, what.answer);
    case 'conversation':
      return conversationEnds(d, what.outcome);
    case 'cancel':
      if (!d.run || d.run.ended) return 'Nothing runs that could be cancelled.';
      deliver(d, { kind: 'cancel', by: 'you' });
      return null;
    default:
      return change(d, what);
  }
}
