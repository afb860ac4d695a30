/** Dates that events and the customer's record bring, at instants of the way's own clock. */
import { dateOf, dayMs, hourMs, wallDay } from '../calendar/zone.ts';
import { plainMs, readMoment } from '../journey/phrases.ts';
import type { Scalar } from '../journey/table.ts';
import type { Dated, Move } from './move.ts';
import type { Setting } from './setting.ts';
import type { Values } from './world.ts';

/** Who is entered by a date has it. */
export function bornKnown(setting: Setting, at: number): Values {
  const { entry } = setting.journey;
  if (!('date' in entry)) return {};
  const moment = readMoment(entry.date);
  if (moment === null || !('field' in moment)) return {};
  const { field, side, by } = moment;
  const ahead = side === 'before' && by ? plainMs(by) : null;
  return { [field]: dated(setting, field, at + (ahead ?? 0)) };
}

export const datedIn = (setting: Setting, sets: Values, at: number): Values =>
  Object.fromEntries(
    Object.entries(sets).map(([path, value]) => [
      path,
      setting.moments.has(path) && (value === 'far' || value === 'near') ? near(setting, path, value, at) : value,
    ]),
  );

export function dataOf(
  setting: Setting,
  { event, data, dates }: Extract<Move, { is: 'event' }>,
  at: number,
): Readonly<Record<string, Scalar>> {
  const field = (path: string): string => path.slice(event.length + 1);
  if (event === 'customer') return Object.fromEntries(Object.keys(dates).map((path) => [field(path), true]));
  return Object.fromEntries([
    ...Object.entries(data).flatMap(([path, value]): [string, Scalar][] =>
      value === null ? [] : [[field(path), value]],
    ),
    ...Object.entries(dates).map(([path, said]): [string, Scalar] => [field(path), near(setting, path, said, at)]),
  ]);
}

const near = (setting: Setting, path: string, said: Dated, at: number): string =>
  dated(setting, path, said === 'far' ? at + 30 * dayMs : at + 2 * hourMs);

function dated(setting: Setting, path: string, at: number): string {
  const isDay = setting.fields.get(path)?.kind === 'day';
  return isDay ? dateOf(wallDay(setting.zone, at).day) : new Date(at).toISOString();
}
