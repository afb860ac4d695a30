/** The tables of docs/frequency-capping-compared.md, from what was run. */
import { dayMs, instantOfWall, wallClock } from '../../../core/calendar/zone.ts';
import { weekdayName } from '../../../core/calendar/day-names.ts';
import { ours } from './ours.ts';
import { rolling, vendors, type Run } from './vendors.ts';

const zone = 'Europe/Berlin';
const wall = (said: string): number => instantOfWall(zone, Date.parse(`${said}Z`));

export const wanted = [
  '2026-03-05T09:00:00',
  '2026-03-06T09:00:00',
  '2026-03-07T20:00:00',
  '2026-03-07T23:30:00',
  '2026-03-08T00:30:00',
  '2026-03-08T01:30:00',
  '2026-03-12T00:10:00',
  '2026-03-12T09:00:00',
  '2026-03-14T21:00:00',
  '2026-03-14T21:00:01',
  '2026-03-14T21:00:02',
  '2026-03-14T21:00:03',
].map(wall);

const say = (at: number): string => {
  const w = wallClock(zone, at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.floor(at / 1000) % 60;
  return `${weekdayName(w.weekday).slice(0, 3)} ${String(w.day)} ${two(w.hour)}:${two(w.minute)}${seconds === 0 ? '' : `:${two(seconds)}`}`;
};

/** The most that went out in any `spanMs`, however it is laid. */
export function worst(out: readonly (number | null)[], spanMs: number): number {
  const sent = out.filter((at) => at !== null);
  return Math.max(0, ...sent.map((end) => sent.filter((at) => at > end - spanMs && at <= end).length));
}

const cap = { atMost: 3, in: '7 days' };
export const columns: readonly { readonly name: string; readonly run: Run }[] = [
  ...vendors,
  { name: 'RightTouch, drop', run: ours(cap, 'drop') },
  { name: 'RightTouch, wait', run: ours(cap, { fate: 'wait', atMost: '7 days', then: 'drop' }) },
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const cell = (at: number | undefined, out: number | null | undefined): string =>
  out === null || out === undefined ? '–' : out === at ? 'sent' : `sent ${say(out)}`;

export function weekTable(): string {
  const all = columns.map(({ run }) => run(wanted));
  const of = (tell: (out: readonly (number | null)[]) => string): string[] => all.map(tell);
  return table(
    ['wanted (Berlin)', ...columns.map(({ name }) => name)],
    [
      ...wanted.map((at, n) => [say(at), ...all.map((out) => cell(at, out[n]))]),
      ['**reached the customer**', ...of((out) => String(out.filter((at) => at !== null).length))],
      ['**most in any 7 days**', ...of((out) => String(worst(out, 7 * dayMs)))],
    ],
  );
}

export const sourceTable = (): string =>
  table(
    ['whose', 'set to', 'over the cap', 'source'],
    vendors.map(({ name, set, then, source }) => [name, set, then, `[${source.title}](${source.url})`]),
  );

/** As their documentation tells it: what is delivered of these. */
export const examples = [
  {
    whose: 'OneSignal: 3 in 24 hours, rolling',
    theirs: rolling(dayMs, 3),
    ours: ours({ atMost: 3, in: '24 hours' }, 'drop'),
    wanted: ['05T09:00', '05T13:00', '05T17:00', '06T08:00', '06T09:01', '06T10:00', '06T11:00', '06T14:00'],
    delivered: [1, 2, 3, 5, 8],
  },
  {
    whose: 'HubSpot: 1 a week, rolling',
    theirs: rolling(7 * dayMs, 1),
    ours: ours({ atMost: 1, in: '7 days' }, 'drop'),
    wanted: ['06T09:00', '09T09:00', '12T23:00', '13T09:00'],
    delivered: [1, 4],
  },
].map((example) => ({ ...example, wanted: example.wanted.map((at) => wall(`2026-03-${at}:00`)) }));

export const deliveredBy = (run: Run, all: readonly number[]): number[] =>
  run(all).flatMap((at, n) => (at === null ? [] : [n + 1]));

export const exampleTable = (): string =>
  table(
    ['their example', 'wanted (Berlin)', 'delivered, as they document it', 'delivered by RightTouch'],
    examples.map(({ whose, ours: run, wanted: all, delivered }) => [
      whose,
      all.map((at, n) => `${String(n + 1)}: ${say(at)}`).join(', '),
      delivered.join(', '),
      deliveredBy(run, all).join(', '),
    ]),
  );
