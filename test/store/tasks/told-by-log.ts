/** A task's state and owner once more, told by its log alone: whatever the row says, this is what may have happened to it. */
export interface Line {
  readonly actor: string;
  readonly action: string;
  readonly note: Readonly<Record<string, unknown>>;
}
interface Told {
  readonly state: 'open' | 'claimed' | 'snoozed' | 'done';
  readonly owner: string | null;
}

const open: Told = { state: 'open', owner: null };
const claimed = (owner: string): Told => ({ state: 'claimed', owner });
const woken = ({ owner }: Told): Told => (owner === null ? open : claimed(owner));

/** Throws where something was done that nobody could have done then, such as a second claim of what somebody has. */
export function toldByLog(lines: readonly Line[]): Told {
  let told: Told | null = null;
  for (const line of lines) {
    const next = step(told, line);
    if (next === null) throw new Error(`'${line.action}' by ${line.actor} of what was ${JSON.stringify(told)}`);
    told = next;
  }
  if (told === null) throw new Error('a task without a log');
  return told;
}

function step(before: Told | null, { actor, action, note }: Line): Told | null {
  if (before === null) return action === 'open' ? open : null;
  const { state, owner } = before;
  const isTheirs = state === 'claimed' && owner === actor;
  const isFree = state === 'open' || state === 'snoozed';
  switch (action) {
    case 'claim':
      return isFree ? claimed(actor) : null;
    case 'release':
      return isTheirs ? open : null;
    case 'snooze':
      return isTheirs || state === 'open' ? { state: 'snoozed', owner } : null;
    case 'complete':
      return isTheirs ? { state: 'done', owner } : null;
    case 'woken':
      return state === 'snoozed' ? woken(before) : null;
    case 'reply':
      return state === 'snoozed' ? woken(before) : state === 'done' ? null : before;
    case 'climbed':
    case 'nobody':
      return state === 'open' ? before : null;
    case 'warned':
      return state === 'claimed' ? before : null;
    case 'expired':
      return state === 'claimed' ? open : null;
    case 'reassign':
      if (state === 'done') return null;
      return state === 'snoozed' ? { state, owner: String(note['to']) } : claimed(String(note['to']));
    case 'hand over':
      return isTheirs || state === 'open' ? open : state === 'snoozed' ? { state, owner: null } : null;
    case 'merge':
      return isTheirs || isFree ? { state: 'done', owner } : null;
    case 'leave':
      if (owner !== note['agent']) return null;
      return state === 'claimed' ? open : state === 'snoozed' ? { state, owner: null } : null;
    case 'reopen':
      return state === 'done' ? open : null;
    case 'join':
    case 'take over':
      return state === 'done' ? null : before;
    default:
      return null;
  }
}
