/** A way, told as the dated story of one customer. */
import { monthName, weekdayName } from '../calendar/day-names.ts';
import { wallClock } from '../calendar/zone.ts';
import type { Move } from './move.ts';
import type { Setting } from './setting.ts';
import { begin, take, type Taken, type When } from './take.ts';
import { stepOfReason, type World } from './world.ts';
import { as, type Edge, type Moment } from './ways.ts';

/** The shortest way there, from its beginning. */
export function wayTo(moment: Moment): { readonly beginning: Moment; readonly edges: readonly Edge[] } {
  const edges: Edge[] = [];
  let at = moment;
  while (at.by?.from) {
    edges.unshift(at.by);
    at = at.by.from;
  }
  return { beginning: at, edges };
}

export interface Told {
  readonly lines: readonly string[];
  readonly world: World;
}
/** `late` says from which edge on everything takes as long as it may. */
export function tell(
  setting: Setting,
  moment: Moment,
  more: readonly Edge[] = [],
  late = Infinity,
  at?: number,
): Told | null {
  const { beginning, edges } = wayTo(moment);
  if (!beginning.beginning) return null;
  let taken: Taken = begin(setting, { ...beginning.beginning, ...(at === undefined ? {} : { at }) });
  const lines = [`${dated(setting, taken.at)} ${entered(setting)}`, ...passing(setting, taken)];
  for (const [i, edge] of [...edges, ...more].entries()) {
    if (!edge.move || taken.world.state.ended) break;
    const when: When = i >= late ? 'late' : 'soon';
    const before = taken.world;
    taken = take(setting, as(before, edge.customer), edge.move, when);
    const said = sentenceOf(setting, before, edge.move);
    if (said !== null) lines.push(`${dated(setting, taken.at)} ${said}`);
    lines.push(...passing(setting, taken));
  }
  return { lines, world: taken.world };
}

export function dated({ zone }: Setting, at: number): string {
  const { day, month, hour, minute, weekday } = wallClock(zone, at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const name = weekdayName(weekday).slice(0, 3);
  return `${name} ${String(day)} ${monthName(month)} ${two(hour)}:${two(minute)}`;
}

const entered = ({ journey: { entry } }: Setting): string =>
  'event' in entry
    ? `it begins: '${entry.event}'`
    : 'date' in entry
      ? 'it begins, by its date'
      : 'it begins, for one of an audience';

function passing(setting: Setting, { commands, at, world }: Taken): readonly string[] {
  const lines = commands.flatMap((command) =>
    command.do === 'promise' && !command.isKept
      ? [`we promise '${command.step}' within ${command.due}`]
      : command.do === 'split'
        ? [`'${command.step}' draws '${command.arm}'`]
        : [],
  );
  const ended = world.state.ended ? [`the run is over: ${world.state.ended.as}`] : [];
  return [...lines, ...ended].map((line) => `${dated(setting, at)} ${line}`);
}

/** Null: nothing that anybody would notice. */
function sentenceOf(setting: Setting, { state }: World, move: Move): string | null {
  const { step, wait } = state;
  switch (move.is) {
    case 'event':
      if (move.elsewhere) return 'they write to us about something else';
      if (move.event === 'customer-replied') return 'they write to us';
      return `'${move.event}' arrives${Object.values(move.dates).includes('near') ? ', and its date is near' : ''}`;
    case 'due':
      return wait.for === 'events'
        ? `silence at '${step}'`
        : wait.for === 'place'
          ? `'${step}' may ask again`
          : `'${step}' is over`;
    case 'freed':
      return null;
    case 'settled':
      return 'what may have gone out has failed';
    case 'outcome': {
      const of = 'of' in wait && typeof wait.of === 'string' ? stepOfReason(wait.of) : step;
      return move.outcome === 'nobody' ? `nobody takes '${of}'` : `'${of}' ends: ${move.outcome}`;
    }
    case 'answer':
      return answered(setting, move, move.to === 'hand' ? step : (state.interrupted?.step ?? step));
  }
}

function answered({ journey }: Setting, { answer }: Extract<Move, { is: 'answer' }>, step: string): string | null {
  const kind = journey.steps[step]?.kind;
  switch (answer.is) {
    case 'sent':
      return `'${step}' goes out by ${answer.channel}`;
    case 'unknown':
      return `'${step}' may have gone out by ${answer.channel}: nobody knows`;
    case 'failed':
      return `'${step}' fails by ${answer.channel}`;
    case 'dropped':
      return `'${step}' may not go out (${answer.because}) and is dropped`;
    case 'with-person':
      return `'${step}' is given to a person of ${answer.team} (${answer.because})`;
    case 'deferred':
      return `'${step}' has to wait (${answer.because})`;
    case 'needless':
      return `'${step}' is needless`;
    case 'arm':
      return kind === 'choose' || kind === 'lookUp' || kind === 'act' ? `'${step}': ${answer.arm}` : null;
    case 'opened':
      return kind === 'escalate' ? `'${step}' is given to a person` : null;
    case 'overtaken':
      return `something arrives before '${step}' is done`;
    default:
      return null;
  }
}
