/** The policy as the decision reads it: phrases turned into milliseconds once, not at every touch. */
import { quietFaults, readQuiet, type QuietSpan } from '../calendar/quiet.ts';
import { laws } from '../calendar/legal-hours.ts';
import { dayMs } from '../calendar/zone.ts';
import { channels, type Channel } from '../journey/channels.ts';
import { plainMs, readSpan } from '../journey/phrases.ts';
import type { About, Cost, Per, Policy, PolicyWindow } from './policy.ts';
import type { RecentTouch } from './row.ts';
import { readSentAfter, saidSentAfter } from './unknown-is-sent.ts';

export type CalendarPeriod = 'day' | 'week' | 'month';
export type WindowSpan = { readonly rollingMs: number } | { readonly calendar: CalendarPeriod };

export interface ReadWindow extends About {
  readonly name: string;
  readonly atMost: number;
  readonly span: WindowSpan;
  readonly said: string;
  /** Classes of journeys that it names: `journeys` has theirs one by one. */
  readonly classes: readonly string[];
  readonly alert: boolean;
  readonly keep: { readonly cost: number; readonly for: readonly string[] } | null;
  /** Purposes it is not about: the customer's own limits leave services alone. */
  readonly except: readonly string[];
  readonly per: Per;
}
export interface ReadSpacing extends About {
  readonly per: Per;
  readonly apartMs: number;
  readonly said: string;
}
export interface ReadQuiet extends About, QuietSpan {}

export interface ReadPolicy {
  readonly name: string;
  readonly version: number;
  readonly team: string;
  readonly cost: Readonly<Record<Channel, Cost>>;
  readonly windows: readonly ReadWindow[];
  readonly spacing: readonly ReadSpacing[];
  readonly quiet: readonly ReadQuiet[];
  /** The place of each purpose and journey in `first`; a journey also has the places of its classes. */
  readonly places: ReadonlyMap<string, number>;
  /** The place of whoever `first` does not name: behind all of them. */
  readonly lastPlace: number;
  readonly risesEveryMs: number;
  /** As said: business time is counted by the team's calendar, outside. */
  readonly maxSilence: string;
  readonly theyWaitAfter: readonly string[];
  readonly holdAtMost: string;
  readonly less: Policy['less'];
  /** What a template may assume only for so long after somebody looked. */
  readonly checkedWithin: ReadonlyMap<string, { readonly ms: number; readonly said: string }>;
  readonly legalHours: 'all' | 'none' | readonly string[];
}

/** No window is longer, so nothing older than this needs to be remembered. */
export const longestWindowMs = 90 * dayMs;

const durationMs = (said: string): number | null => {
  const read = readSpan(said);
  return read && plainMs(read);
};
const periods: Readonly<Record<string, CalendarPeriod>> = {
  'calendar day': 'day',
  'calendar week': 'week',
  'calendar month': 'month',
};

/** What a window's `in` means; null if it means nothing. */
export function readWindowSpan(said: string): WindowSpan | null {
  const calendar = Object.hasOwn(periods, said) ? periods[said] : undefined;
  if (calendar) return { calendar };
  const rollingMs = durationMs(said);
  return rollingMs === null || rollingMs <= 0 || rollingMs > longestWindowMs ? null : { rollingMs };
}

/** What a spacing's `apart` means; null if it means nothing, or is longer than anything is remembered. */
export function readApart(said: string): number | null {
  const ms = durationMs(said);
  return ms === null || ms > longestWindowMs ? null : ms;
}

/** Every fault of a stored policy, each naming the place, what was expected and what stands there. */
export function policyFaults(policy: Policy): string[] {
  const faults: string[] = [];
  const wrong = (place: string, expected: string, value: unknown) =>
    faults.push(`${place}: expected ${expected}, found ${value === undefined ? 'nothing' : JSON.stringify(value)}`);
  for (const channel of channels) {
    const cost: Cost | undefined = policy.cost[channel];
    const costs: readonly unknown[] = typeof cost === 'object' ? [cost.tech, cost.human] : [cost];
    if (!costs.every((each) => typeof each === 'number' && each >= 0))
      wrong(`cost.${channel}`, 'a number of 0 or more, or one for tech and one for human', cost);
  }
  const names = new Set<string>();
  for (const window of policy.windows) {
    if (names.has(window.name)) wrong(`window '${window.name}'`, 'a name that is there once', window.name);
    names.add(window.name);
    windowFaults(window, wrong);
  }
  for (const { apart } of policy.spacing)
    if (readApart(apart) === null) wrong('spacing.apart', `a plain time up to 90 days, such as '1 hour'`, apart);
  for (const rule of policy.quiet) faults.push(...quietFaults(rule));
  if (!((durationMs(policy.risesEvery) ?? 0) > 0))
    wrong('risesEvery', `a plain time such as '3 days'`, policy.risesEvery);
  for (const key of ['maxSilence', 'holdAtMost'] as const)
    if (!readSpan(policy[key])) wrong(key, `a time such as '4 business hours'`, policy[key]);
  for (const [what, within] of Object.entries(policy.assumeOnlyIfChecked ?? {}))
    if (!((durationMs(within) ?? 0) > 0))
      wrong(`assumeOnlyIfChecked.${what}`, `a plain time such as '60 days'`, within);
  for (const channel of channels) {
    const after = saidSentAfter(policy, channel);
    if (after !== null && readSentAfter(after) === null)
      wrong(`unknownIsSentAfter.${channel}`, `a plain time of 1 hour to 90 days, such as '3 days'`, after);
  }
  if (Array.isArray(policy.legalHours))
    for (const law of policy.legalHours as readonly string[])
      if (!laws.includes(law)) wrong('legalHours', `'all', 'none', or some of ${laws.join(', ')}`, law);
  if (!readWindowSpan(policy.less.in)) wrong('less.in', `a plain time up to 90 days`, policy.less.in);
  if (durationMs(policy.less.for) === null) wrong('less.for', `a plain time such as '90 days'`, policy.less.for);
  return faults;
}

function windowFaults(window: PolicyWindow, wrong: (place: string, expected: string, value: unknown) => void): void {
  const place = `window '${window.name}'`;
  if (!readWindowSpan(window.in))
    wrong(`${place}.in`, `a plain time up to 90 days, or 'calendar day', 'week' or 'month'`, window.in);
  if (!(window.atMost >= 0)) wrong(`${place}.atMost`, 'a number of 0 or more', window.atMost);
  if (window.keep && !(window.keep.cost >= 0 && window.keep.cost <= window.atMost))
    wrong(`${place}.keep.cost`, `a number from 0 to ${String(window.atMost)}`, window.keep.cost);
}

/** A policy whose faults were told when it was published; a fault here is ours, and throws. */
export function readPolicy(policy: Policy, version: number): ReadPolicy {
  const faults = policyFaults(policy);
  if (faults.length > 0)
    throw new RangeError(`Policy '${policy.name}' version ${String(version)}: ${faults.join('; ')}`);
  const about = aboutOf(policy.classes ?? {});
  return {
    name: policy.name,
    version,
    team: policy.team,
    cost: policy.cost,
    windows: policy.windows.map((window) => readWindow(window, about(window), policy.classes ?? {})),
    spacing: policy.spacing.map((rule) => ({
      ...about(rule),
      apartMs: readApart(rule.apart) ?? 0,
      said: `${rule.apart} apart`,
      per: rule.per ?? 'customer',
    })),
    quiet: policy.quiet.map((rule) => ({ ...about(rule), ...readQuiet(rule) })),
    places: placesOf(policy),
    lastPlace: policy.first.length,
    risesEveryMs: durationMs(policy.risesEvery) ?? dayMs,
    maxSilence: policy.maxSilence,
    theyWaitAfter: policy.theyWaitAfter ?? [],
    holdAtMost: policy.holdAtMost,
    less: policy.less,
    checkedWithin: new Map(
      Object.entries(policy.assumeOnlyIfChecked ?? {}).map(([what, said]) => [
        what,
        { ms: durationMs(said) ?? 0, said },
      ]),
    ),
    legalHours: policy.legalHours ?? 'all',
  };
}

type Classes = Readonly<Record<string, readonly string[]>>;

/** A class stands for its journeys; any other name is a journey's own. */
const journeysOf = (classes: Classes, name: string): readonly string[] =>
  Object.hasOwn(classes, name) ? (classes[name] ?? []) : [name];

const aboutOf =
  (classes: Classes) =>
  (rule: About): About => ({
    ...(rule.channels ? { channels: rule.channels } : {}),
    ...(rule.purposes ? { purposes: rule.purposes } : {}),
    ...(rule.journeys ? { journeys: [...new Set(rule.journeys.flatMap((name) => journeysOf(classes, name)))] } : {}),
  });

/** Of the places a journey has by its own name and by its classes, the best. */
function placesOf({ first, classes = {} }: Policy): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, name] of first.entries())
    for (const each of [name, ...journeysOf(classes, name)]) if (!places.has(each)) places.set(each, place);
  return places;
}

function readWindow(window: PolicyWindow, about: About, classes: Classes): ReadWindow {
  return {
    ...about,
    name: window.name,
    atMost: window.atMost,
    span: readWindowSpan(window.in) ?? { rollingMs: longestWindowMs },
    said: window.in,
    classes: window.journeys?.filter((name) => Object.hasOwn(classes, name)) ?? [],
    alert: window.over === 'alert',
    keep: window.keep ?? null,
    except: [],
    per: window.per ?? 'customer',
  };
}

/** What rules tell touches apart by. */
export type Kind = Pick<RecentTouch, 'channel' | 'purpose' | 'journey'>;

export const isAbout = (rule: About, touch: Kind): boolean =>
  (!rule.channels || rule.channels.includes(touch.channel)) &&
  (!rule.purposes || rule.purposes.includes(touch.purpose)) &&
  (!rule.journeys || rule.journeys.includes(touch.journey));

/** What a contact costs by this channel; a person's may have a price of its own. */
export function costOf({ cost }: Pick<ReadPolicy, 'cost'>, channel: Channel, madeBy: 'tech' | 'human'): number {
  const said = cost[channel];
  return typeof said === 'number' ? said : said[madeBy];
}
