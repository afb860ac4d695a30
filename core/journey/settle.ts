/** A step carries all its manners: whoever reads the table never looks up a default. Times stay as they were said. */
import type { Condition } from './conditions.ts';
import type { Fault } from './fault.ts';
import type { LadderData } from './ladder.ts';
import { followed, readMoment, readSpan } from './phrases.ts';
import type { Block } from './step.ts';

/** A step as its verb made it. */
export interface Written {
  readonly kind: string;
  readonly id: string;
  readonly arms?: Readonly<Record<string, Block>>;
  readonly [setting: string]: unknown;
}
/** What a journey says for all its steps. */
export interface Whole {
  readonly team: string;
  readonly entry: { readonly only?: Condition } & (
    | { readonly event: string; readonly oncePer: string; readonly again?: string }
    | { readonly date: string }
    | { readonly audience: string; readonly at: string }
  );
  readonly purpose?: string;
  readonly cause?: string;
  readonly reach?: unknown;
  readonly fate?: unknown;
  readonly quiet?: unknown;
  readonly prefer?: readonly object[];
}
type Settings = Readonly<Record<string, unknown>>;

const manners = ['purpose', 'reach', 'fate', 'quiet', 'cause'] as const;
const contacts = ['touch', 'ask', 'answer', 'offerCall'];
const teamwork = ['escalate', 'promise', 'remind'];
const spans = ['within', 'every', 'waits', 'length'];
const moments = ['until', 'due', 'at'];

export function settle(step: Written, whole: Whole, arms: readonly string[], faults: Fault[]): Settings {
  const { kind, id, arms: _arms, ...said } = step;
  faults.push(...misspokenTimes(id, said));
  const time = said['until'] ?? said['due'] ?? said['at'];
  const follows = typeof time === 'string' ? followed(time) : null;
  const timed = { ...said, ...(follows === null ? {} : { follows }) };
  if (kind === 'split') return { ...timed, shares: shares(id, String(said['shares']), arms, faults) };
  if (kind === 'escalate') return { team: whole.team, ...askedByLadder(id, timed, faults) };
  if (teamwork.includes(kind)) return { team: whole.team, ...timed };
  if (contacts.includes(kind)) return wellMannered(kind, timed, whole);
  return timed;
}

/** A ladder that is written whole says who is asked first, and how soon they must take it. */
function askedByLadder(step: string, said: Settings, faults: Fault[]): Settings {
  const { ladder, ...rest } = said;
  if (!Array.isArray(ladder) || said['within'] !== undefined) return said;
  const [first, ...above] = ladder as LadderData;
  if (typeof first === 'object' && 'team' in first && first.within !== undefined)
    return { ...rest, team: first.team, within: first.within, ladder: above };
  faults.push({
    step,
    problem: 'Its ladder does not say which team is asked first, and how soon they must take it.',
    mend: "Begin it with a team: ladder([{ to: team('care'), within: business('1 hour') }, …]).",
  });
  return { ...said, within: '1 business day' };
}

/** In the order in which a person asks: whose, by whom, what for, how, and what if not. */
function wellMannered(kind: string, said: Settings, whole: Whole): Settings {
  const defaults = Object.fromEntries(manners.flatMap((m) => (whole[m] === undefined ? [] : [[m, whole[m]]])));
  // A conversation is held by tech; who it is handed to is one of its outcomes, so rules about people are not asked there.
  const rules = [...((said['prefer'] ?? []) as object[]), ...(whole.prefer ?? [])];
  const prefer = rules.filter((rule) => kind === 'touch' || !('madeBy' in rule));
  const all: Settings = {
    ...(kind === 'touch' ? { madeBy: 'tech' } : {}),
    ...defaults,
    ...said,
    ...(prefer.length > 0 ? { prefer } : {}),
  };
  const { cause, ...rest } = all;
  return { team: whole.team, ...rest, ...(all['purpose'] === 'service' ? { cause } : {}) };
}

function misspokenTimes(step: string, said: Settings): readonly Fault[] {
  const wrong = (key: string, read: (phrase: string) => unknown, problem: string, mend: string): readonly Fault[] => {
    const phrase = said[key];
    return typeof phrase !== 'string' || read(phrase) ? [] : [{ step, problem: `'${phrase}' is ${problem}.`, mend }];
  };
  return [
    ...spans.flatMap((key) => wrong(key, readSpan, 'not a time', spanMend)),
    ...moments.flatMap((key) => wrong(key, readMoment, 'not a moment', momentMend)),
  ];
}
export const spanMend =
  "Times read like '30 minutes', '2 days', '4 business hours', '2 business days'; at most ten years.";
export const momentMend =
  "Moments read like '2 business days', 'next 09:00', '1 day before appointment-set.startsAt at 17:00'.";

function shares(
  step: string,
  said: string,
  arms: readonly string[],
  faults: Fault[],
): Readonly<Record<string, number>> {
  const parts = said.split('/').map(Number);
  if (parts.length !== arms.length || parts.reduce((a, b) => a + b, 0) !== 100)
    faults.push({
      step,
      problem: `'${said}' does not share out ${arms.join(', ')}.`,
      mend: 'Write one share for each, 100 in all.',
    });
  return Object.fromEntries(arms.map((arm, i) => [arm, parts[i] ?? 0]));
}
