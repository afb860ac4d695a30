/** A try, as it goes: where the customer stands, how to go back, and what was done, to be kept as a test. */
import { act, tellLine, type Act, type Line, type Setting, type Sim } from '../../core/simulate/simulate.ts';
import { meant, type View } from './words.ts';

export interface Done {
  readonly act: Act;
  readonly before: Sim;
  readonly after: Sim;
}
export interface Session {
  readonly setting: Setting;
  readonly begun: Sim;
  readonly done: readonly Done[];
}
export const simNow = ({ begun, done }: Session): Sim => done.at(-1)?.after ?? begun;

export type Said =
  | { readonly is: 'done'; readonly session: Session; readonly lines: readonly Line[] }
  | { readonly is: 'back'; readonly session: Session }
  | { readonly is: 'view'; readonly view: Exclude<View, 'undo'> }
  | { readonly is: 'nothing' }
  | { readonly is: 'unclear'; readonly problem: string };

/** Takes one line. The session it answers with is a new one; the old one still stands. */
export function say(session: Session, line: string): Said {
  const sim = simNow(session);
  const what = meant(line, session.setting, sim);
  if (what.is === 'view' && what.view === 'undo')
    return session.done.length === 0
      ? { is: 'unclear', problem: 'Nothing has been done yet.' }
      : { is: 'back', session: { ...session, done: session.done.slice(0, -1) } };
  if (what.is === 'view') return { is: 'view', view: what.view as Exclude<View, 'undo'> };
  if (what.is !== 'act') return what;
  const acted = act(session.setting, sim, what.act);
  if (!acted.ok) return { is: 'unclear', problem: acted.problem };
  const done: Done = { act: what.act, before: sim, after: acted.sim };
  return {
    is: 'done',
    session: { ...session, done: [...session.done, done] },
    lines: acted.sim.story.slice(sim.story.length),
  };
}

export const told = (lines: readonly Line[], { row }: Sim): string[] =>
  lines.map((line) => tellLine(line, row.gates.zone));
