/** Takes a line and prints what comes of it, for eyes or as JSON, a line each. */
import type { SimTouch } from '../../core/simulate/simulate.ts';
import type { Io } from '../io.ts';
import { asTest } from './as-test.ts';
import { say, simNow, told, type Session } from './session.ts';
import { messageOf, viewOf } from './views.ts';

export interface Shown {
  readonly session: Session;
  /** Whoever tries has had enough. */
  readonly isOver: boolean;
  /** The line was not understood, or could not happen. */
  readonly problem: string | null;
  readonly sent: readonly SimTouch[];
}

export function show(io: Io, session: Session, line: string, json: boolean): Shown {
  const said = say(session, line);
  const stays: Shown = { session, isOver: false, problem: null, sent: [] };
  const print = (kind: string, text: string): void =>
    io.out(json ? JSON.stringify({ said: line.trim(), [kind]: text.split('\n') }) : text);
  switch (said.is) {
    case 'nothing':
      return stays;
    case 'unclear':
      if (json) io.out(JSON.stringify({ said: line.trim(), problem: said.problem }));
      else io.tell(said.problem);
      return { ...stays, problem: said.problem };
    case 'back':
      print('back', viewOf('state', session.setting, simNow(said.session)));
      return { ...stays, session: said.session };
    case 'view':
      if (said.view === 'quit') return { ...stays, isOver: true };
      if (said.view === 'test') print('test', asTest(session).trimEnd());
      else print(said.view, viewOf(said.view, session.setting, simNow(session)));
      return stays;
    case 'done': {
      const sim = simNow(said.session);
      const sent = newlySent(said.session);
      if (json)
        io.out(JSON.stringify({ said: line.trim(), at: new Date(sim.now).toISOString(), story: said.lines, sent }));
      else for (const text of [...told(said.lines, sim), ...sent.flatMap(messageOf)]) io.out(text);
      return { ...stays, session: said.session, sent };
    }
  }
}

/** Messages that went out by the last thing that was done, in their order. */
function newlySent({ done }: Session): SimTouch[] {
  const last = done.at(-1);
  if (!last) return [];
  const before = new Set(last.before.touches.filter(isSent).map(({ id }) => id));
  return last.after.touches.filter((touch) => isSent(touch) && !before.has(touch.id)).toSorted((a, b) => a.at - b.at);
}
const isSent = ({ state }: SimTouch): boolean => state === 'sent' || state === 'unknown';
