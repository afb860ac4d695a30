/** The gates that are no budget: what stops a touch for good, and the hours in which nothing is sent. */
import type { TouchRequest } from '../../../../core/budget/decision.ts';
import type { Policy } from '../../../../core/budget/policy.ts';
import { legalHours, type OpenHours } from '../../../../core/calendar/legal-hours.ts';
import { day } from '../fixtures.ts';
import { clockIn, step, type Clock } from './clock.ts';
import { about, type Kind } from './kind.ts';
import { mayBeIn, zonesOf, type Person, type Stopped } from './person.ts';
import { spans } from './spans.ts';

type Asked = Pick<TouchRequest, 'channel' | 'purpose' | 'journey' | 'assumes'>;

/** The first that is closed, in the printed order; null: none. */
export function closed(person: Person, stopped: Stopped, asked: Asked, policy: Policy, now: number): string | null {
  const { records } = person;
  const { channel, purpose, journey } = asked;
  const all = <T>(of: (record: Person['records'][number]) => readonly T[] | undefined): readonly T[] =>
    records.flatMap((record) => of(record) ?? []);
  const isKilled = stopped.killed.some(
    ({ scope }) =>
      ['all', `journey:${journey}`, `channel:${channel}`, 'segment:gold'].includes(scope) ||
      (scope.startsWith('area:') && mayBeIn(scope.slice(5), person)),
  );
  const isStopped = all((r) => r.stopped).some((stop) => stop.journey === journey && stop.until === null);
  if (isKilled || isStopped) return 'kill switch';
  if (all((r) => r.suppressions).some((s) => s.channel === 'all' || s.channel === channel)) return 'suppression';
  const isAnswer =
    purpose === 'service' && all((r) => r.inboundOpen).some((open) => open.channel === channel && open.until > now);
  const said = all((r) => r.consents).filter((c) => c.channel === channel && c.purpose === purpose);
  const agreed = said.length > 0 && said.every(({ granted }) => granted);
  const isWanted = records.every(({ own }) => own?.channels?.includes(channel) !== false);
  if (!isAnswer && !(agreed && isWanted)) return 'consent';
  const facts = [
    ...all((r) => r.guards),
    ...stopped.areaGuards.filter(({ areas }) => areas.some((area) => mayBeIn(area, person))),
  ];
  const isUnchecked = (assumption: string): boolean => {
    const within = policy.assumeOnlyIfChecked?.[assumption];
    const checks = all((r) => r.checks).filter((check) => check.assumption === assumption);
    return within !== undefined && !checks.some(({ at }) => now - at <= (spans[within] ?? NaN));
  };
  const isWrong = (what: string): boolean => facts.some(({ contradicts }) => contradicts.includes(what));
  return asked.assumes.some((what) => isWrong(what) || isUnchecked(what)) ? 'guard' : null;
}

/** A person has the conversation, or they asked for a pause; one of our people paused this journey for them, services too. */
export const held = ({ records }: Person, { purpose, journey }: Kind, t: number): boolean =>
  records.some(({ hold, held: by, own, stopped = [] }) => {
    const stops = stopped.filter((stop) => stop.journey === journey).map((stop) => stop.until);
    const holds = purpose === 'service' ? [] : [hold?.until, by?.until, own?.pausedUntil];
    return [...holds, ...stops].some((until) => until != null && t < until);
  });

/** 'Sunday' or 'Sun' */
const isOn = (on: readonly string[] | undefined, clock: Clock, t: number): boolean =>
  on?.some((name) => clock.weekday(t).startsWith(name)) !== false;
const isOpen = (hours: readonly OpenHours[], clock: Clock, t: number): boolean =>
  hours.some(({ from, to, on }) => isOn(on, clock, t) && clock.time(t) >= from && clock.time(t) < to);
function isQuiet({ from, to, on }: Policy['quiet'][number], clock: Clock, t: number): boolean {
  const time = clock.time(t);
  const begins = (when: number): boolean => isOn(on, clock, when);
  const over = from >= to;
  return (begins(t) && time >= from && (over || time < to)) || (over && begins(t - day) && time < to);
}

/** A test of instants: is it an hour in which this may be sent, on every clock that may be theirs? */
export function hoursFor(person: Person, policy: Policy, asked: Kind): (t: number) => boolean {
  const quiet = policy.quiet.filter((rule) => about(rule, asked, policy));
  const open = [...lawsFor(person, policy, asked), ...ownHours(person, asked)];
  const clocks = zonesOf(person).map(clockIn);
  if (quiet.length + open.length === 0) return () => true;
  return (t) =>
    clocks.length > 0 &&
    clocks.every(
      (clock) => !quiet.some((rule) => isQuiet(rule, clock, t)) && open.every((hours) => isOpen(hours, clock, t)),
    );
}

/** 'US' may be any of its states, and the law of 'US' holds in each of them. */
function lawsFor({ records }: Person, policy: Policy, { channel, purpose }: Kind): readonly (readonly OpenHours[])[] {
  const { legalHours: kept = 'all' } = policy;
  const places = records.flatMap(({ jurisdictions }) => jurisdictions ?? []);
  const holdsIn = (law: string): boolean =>
    law === '*' || places.some((at) => at === law || at.startsWith(`${law}-`) || law.startsWith(`${at}-`));
  return legalHours
    .filter(
      (law) =>
        (kept === 'all' || (kept !== 'none' && kept.includes(law.jurisdiction))) &&
        law.channels.includes(channel) &&
        law.purposes.only?.includes(purpose) !== false &&
        law.purposes.except?.includes(purpose) !== true &&
        law.covers.some(holdsIn),
    )
    .map(({ allowed }) => allowed);
}

/** Of several records: the hours that all of them name; if there are none, those of the kept one. */
function ownHours({ records }: Person, { purpose }: Kind): readonly (readonly OpenHours[])[] {
  const all = purpose === 'service' ? [] : records.flatMap(({ own }) => (own?.hours ? [own.hours] : []));
  if (all.length < 2) return all;
  const clock = clockIn('Etc/UTC');
  const week = Array.from({ length: 7 * 48 }, (_, n) => n * step);
  return week.some((t) => all.every((hours) => isOpen(hours, clock, t))) ? all : all.slice(0, 1);
}
