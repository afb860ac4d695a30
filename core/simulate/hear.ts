/** The world tells of an event: the run at hand hears it, or one begins with it. */
import type { Channel } from '../journey/channels.ts';
import { notAgain } from '../journey/again.ts';
import { asksForRun, onceOf } from '../journey/entry.ts';
import { hears } from '../journey/hears.ts';
import type { EntryByEvent } from '../journey/table.ts';
import { readEventData, type Values } from '../journey/values.ts';
import { deliver, tell, type Draft } from './draft.ts';
import { beginsToWait, waitsNoLonger } from './floor.ts';
import { begin, goOn } from './go-on.ts';
import type { Problem } from './problem.ts';
import { keepPromises, movePromises } from './promise.ts';
import { wrote } from './reply.ts';

export function takeEvent(d: Draft, event: string, given: Readonly<Record<string, unknown>>): Problem {
  const read = readEventData(d.setting.words, event, given);
  if (!read.ok) return read.faults.map(({ problem, mend }) => `${problem} ${mend}`).join(' ');
  const { data } = read;
  tell(d, 'heard', sayEvent(event, data));
  if (event === 'customer-replied') wrote(d, (data['channel'] as Channel | undefined) ?? null);
  happens(d, event, data);
  return null;
}

const sayEvent = (event: string, data: Values): string => {
  if (event === 'we-answered') return `A person answers them (we-answered).`;
  const said = Object.entries(data).map(([field, value]) => `${field} ${String(value)}`);
  return `${event}${said.length === 0 ? '' : `: ${said.join(', ')}`}.`;
};

export function happens(d: Draft, event: string, data: Values): void {
  const { journey, policy } = d.setting;
  if (event === 'we-answered') waitsNoLonger(d);
  if (policy.theyWaitAfter.includes(event)) beginsToWait(d, event);
  const isRunning = d.run !== null && !d.run.ended;
  const isAbout = d.once === null || data[d.once.field] === undefined || String(data[d.once.field]) === d.once.value;
  if (isRunning && isAbout && hears(journey).includes(event)) {
    deliver(d, { kind: 'event', event, id: `event-${String(d.delivered + 1)}`, data });
    goOn(d);
    movePromises(d, event, d.run?.facts ?? {});
  } else if (!isRunning && 'event' in journey.entry && journey.entry.event === event) enter(d, event, data);
  else if (isRunning) tell(d, 'heard', isAbout ? `No step listens for it.` : `It is about another run.`);
  else if (d.promises.every(({ state, keptBy }) => state !== 'open' || !keptBy.includes(event)))
    tell(d, 'heard', 'No journey begins with it, and no run listens for it.');
  if (isAbout) keepPromises(d, event);
}

/** Of the runs for the same customer and thing, the newest counts. */
function whyNotAgain(d: Draft, { oncePer, again }: EntryByEvent, once: string | null): string | null {
  const runs = d.run?.ended ? [...d.earlier, { once: d.once?.value ?? null, endedAt: d.run.ended.at }] : d.earlier;
  const last = runs.findLast((run) => run.once === once);
  if (!last) return null;
  if (again === undefined) return `it ran for this ${oncePer} already`;
  return notAgain(again, last, d.now)?.because ?? null;
}

function enter(d: Draft, event: string, data: Values): void {
  const { name, entry } = d.setting.journey;
  if (!('event' in entry)) return;
  if (!asksForRun(entry, data, d.customer.fields)) {
    tell(d, 'heard', `${name} does not begin: it is for others (see 'only').`);
    return;
  }
  const once = onceOf(entry, data);
  const because = whyNotAgain(d, entry, once?.value ?? null);
  if (because !== null) {
    tell(d, 'heard', `${name} does not begin again: ${because}.`);
    return;
  }
  if (d.run?.ended) d.earlier = [...d.earlier, { once: d.once?.value ?? null, endedAt: d.run.ended.at }];
  d.once = once;
  d.delivered = 0;
  begin(d, { name: event, data });
}
