/** One thing happens to the simulated customer. Pure: the same customer and the same act give the same story. */
import type { BudgetRow } from '../budget/types.ts';
import { isZone } from '../calendar/zone.ts';
import type { Channel } from '../journey/channels.ts';
import { hears } from '../journey/hears.ts';
import { holds } from '../journey/holds.ts';
import { nearest } from '../journey/nearest.ts';
import { readCustomerFields, readEventData, type Values } from '../journey/values.ts';
import { changeTask, deliver, draftOf, finished, tell, type Draft } from './draft.ts';
import { begin, goOn } from './go-on.ts';
import { claim, decide, giveToPerson, openTask } from './person.ts';
import { keepPromises, movePromises } from './promise.ts';
import { moveTo, nextInstant } from './time.ts';
import type { Act, Acted, Customer, Setting, Sim } from './types.ts';

export interface Begun {
  readonly customer: Customer;
  readonly zone: string | null;
  readonly consents: BudgetRow['gates']['consents'];
  readonly now: number;
}

/** Somebody on whom nothing weighs yet. */
export const newSim = ({ customer, zone, consents, now }: Begun): Sim => ({
  now,
  customer,
  row: {
    customerId: customer.id,
    version: 1,
    recent: [],
    waiting: [],
    gates: { consents, suppressions: [], guards: [], hold: null, zone, zonesPlausible: [], own: null, inboundOpen: [] },
  },
  killed: [],
  run: null,
  once: null,
  delivered: 0,
  touches: [],
  tasks: [],
  promises: [],
  notes: [],
  asked: null,
  conversation: null,
  systems: {},
  provider: [],
  story: [],
});

/** What cannot happen changes nothing and says why. */
export function act(setting: Setting, sim: Sim, what: Act): Acted {
  const d = draftOf(setting, sim);
  const problem = take(d, what);
  if (problem !== null) return { ok: false, problem };
  goOn(d);
  return { ok: true, sim: finished(d) };
}

type Problem = string | null;

function take(d: Draft, what: Act): Problem {
  switch (what.do) {
    case 'event':
      return takeEvent(d, what.event, what.data);
    case 'enter':
      if (d.run && !d.run.ended) return `${d.setting.journey.name} runs already.`;
      begin(d);
      return null;
    case 'reply':
      return reply(d, what.channel);
    case 'silence':
      return silence(d);
    case 'next':
      return next(d);
    case 'until':
      return until(d, what.at);
    case 'claim':
    case 'answer':
    case 'decide':
      return byPerson(d, what);
    case 'system':
      return bySystem(d, what.answer);
    case 'conversation':
      return conversationEnds(d, what.outcome);
    case 'cancel':
      if (!d.run || d.run.ended) return 'Nothing runs that could be cancelled.';
      deliver(d, { kind: 'cancel', by: 'you' });
      return null;
    default:
      return change(d, what);
  }
}

// ── what the world tells ────────────────────────────────────────────────────

function takeEvent(d: Draft, event: string, given: Readonly<Record<string, unknown>>): Problem {
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

function happens(d: Draft, event: string, data: Values): void {
  const { journey } = d.setting;
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

function enter(d: Draft, event: string, data: Values): void {
  const { entry } = d.setting.journey;
  if (!('event' in entry)) return;
  const value = (path: string) => {
    const dot = path.indexOf('.');
    const [root, field] = [path.slice(0, dot), path.slice(dot + 1)];
    return root === event ? data[field] : root === 'customer' ? d.customer.fields[field] : undefined;
  };
  if (entry.only && !holds(entry.only, value)) {
    tell(d, 'heard', `${d.setting.journey.name} does not begin: it is for others (see 'only').`);
    return;
  }
  const once = entry.oncePer === 'customer' ? null : { field: entry.oncePer, value: String(data[entry.oncePer]) };
  if (d.run && once?.value === d.once?.value) {
    tell(d, 'heard', `${d.setting.journey.name} does not begin again: it ran for this ${entry.oncePer} already.`);
    return;
  }
  d.once = once;
  d.delivered = 0;
  begin(d, { name: event, data });
}

const inboundOpenMs = 14 * 86_400_000;

/** They may be answered where they wrote, and that is where they are looked for next. */
function wrote(d: Draft, channel: Channel | null): void {
  if (channel === null) return;
  d.customer = { ...d.customer, wroteOn: channel, wroteAt: d.now };
  const { gates } = d.row;
  const inboundOpen = [
    ...gates.inboundOpen.filter((open) => open.channel !== channel && open.until > d.now),
    { channel, until: d.now + inboundOpenMs },
  ];
  d.row = { ...d.row, gates: { ...gates, inboundOpen } };
}

/** The one routing rule: the open task, then the run, then a task of its own. */
function reply(d: Draft, on: Channel | undefined): Problem {
  const channel = on ?? d.touches.findLast((touch) => touch.channel !== null)?.channel ?? firstAddress(d);
  if (channel === null) return 'They have no address to write from.';
  tell(d, 'heard', `They write to us by ${channel}.`);
  wrote(d, channel);
  const data = { channel, mood: 'fine' };
  const body = { kind: 'event', event: 'customer-replied', id: `reply-${String(d.story.length)}`, data } as const;
  const listens = d.run !== null && !d.run.ended && hears(d.setting.journey).includes('customer-replied');
  const task = openTask(d);
  if (task) {
    tell(d, 'task', `The person of ${task.askedTeam} who is asked gets it.`);
    if (task.state === 'snoozed') changeTask(d, { ...task, state: 'open' });
    if (listens) deliver(d, { ...body, unattributed: true });
  } else if (listens) deliver(d, body);
  else
    giveToPerson(d, {
      of: body.id,
      team: d.setting.journey.team,
      because: 'They wrote to us, and no journey listens',
      outcomes: ['answered', 'no answer needed'],
      ofRun: false,
    });
  goOn(d);
  keepPromises(d, 'customer-replied');
  return null;
}
const firstAddress = ({ customer }: Draft): Channel | null =>
  (Object.keys(customer.addresses)[0] as Channel | undefined) ?? null;

// ── time ────────────────────────────────────────────────────────────────────

const nothingLeft = 'Nothing happens any more by itself.';

function next(d: Draft): Problem {
  const at = nextInstant(d);
  if (at === null) return nothingLeft;
  moveTo(d, at);
  return null;
}

/** A year is longer than anybody is silent in a try. */
const longestMs = 366 * 86_400_000;

function until(d: Draft, to: number): Problem {
  if (to < d.now) return 'Time goes forwards only.';
  for (let n = 0; n < 10_000; n += 1) {
    const at = nextInstant(d);
    if (at === null || at > to) break;
    moveTo(d, at);
  }
  moveTo(d, to);
  return null;
}

function silence(d: Draft): Problem {
  const wait = d.run?.wait.id;
  if (!d.run || d.run.ended) return next(d);
  const last = d.now + longestMs;
  let moved = false;
  for (let at = nextInstant(d); at !== null && at <= last; at = nextInstant(d)) {
    moveTo(d, at);
    moved = true;
    // The run object changes with each input; what it waits for is what counts.
    const run = d.run as Sim['run'];
    if (!run || run.ended || run.wait.id !== wait) return null;
  }
  return moved ? null : nothingLeft;
}

// ── people and systems ──────────────────────────────────────────────────────

function byPerson(d: Draft, what: Extract<Act, { do: 'claim' | 'answer' | 'decide' }>): Problem {
  const task = openTask(d);
  if (what.do === 'answer') {
    if (task?.state === 'open') claim(d, task);
    tell(d, 'heard', 'A person answers them (we-answered).');
    happens(d, 'we-answered', { by: 'person' });
    return null;
  }
  if (!task) return 'No person was asked.';
  if (what.do === 'claim') {
    if (task.state === 'claimed') return 'Somebody has taken it already.';
    claim(d, task);
    return null;
  }
  const offered = decide(d, task, what.outcome);
  return offered === null ? null : unknown('outcome', what.outcome, offered);
}

function bySystem(d: Draft, answer: string): Problem {
  const { asked } = d;
  if (!asked) return 'No other system was asked.';
  if (!asked.answers.includes(answer)) return unknown('answer', answer, asked.answers);
  tell(d, 'system', `'${asked.system}' answers: ${answer}.`);
  d.asked = null;
  d.inputs.push({ kind: 'answer', to: asked.id, answer: { is: 'arm', arm: answer } });
  return null;
}

function conversationEnds(d: Draft, outcome: string): Problem {
  const open = d.conversation;
  if (!open) return 'No conversation is open.';
  if (!open.outcomes.includes(outcome)) return unknown('outcome', outcome, open.outcomes);
  tell(d, 'system', `The conversation '${open.step}' ends: ${outcome}.`);
  d.conversation = null;
  deliver(d, { kind: 'outcome', of: open.of, outcome });
  return null;
}

const unknown = (what: string, said: string, names: readonly string[]): string =>
  `No ${what} is called '${said}'. ${nearest(said, names) ?? `There are: ${names.join(', ')}.`}`;

// ── what is so ──────────────────────────────────────────────────────────────

type Change = Exclude<
  Act,
  {
    do:
      | 'event'
      | 'enter'
      | 'reply'
      | 'silence'
      | 'next'
      | 'until'
      | 'claim'
      | 'answer'
      | 'decide'
      | 'system'
      | 'conversation'
      | 'cancel';
  }
>;

function change(d: Draft, what: Change): Problem {
  const { gates } = d.row;
  const open = (to: Partial<BudgetRow['gates']>): void => {
    d.row = { ...d.row, gates: { ...gates, ...to } };
  };
  switch (what.do) {
    case 'guard': {
      const { guards } = d.setting.words;
      const contradicts = Object.hasOwn(guards, what.fact) ? guards[what.fact] : undefined;
      if (!contradicts) return unknown('guard', what.fact, Object.keys(guards));
      const others = gates.guards.filter(({ fact }) => fact !== what.fact);
      open({ guards: [...others, { fact: what.fact, contradicts, reviewAt: d.now + longestMs }] });
      tell(d, 'changed', `They are under the guard '${what.fact}'.`);
      return null;
    }
    case 'lift':
      open({ guards: gates.guards.filter(({ fact }) => fact !== what.fact) });
      tell(d, 'changed', `The guard '${what.fact}' is lifted.`);
      return null;
    case 'zone':
      if (what.zone !== null && !isZone(what.zone))
        return `'${what.zone}' is no zone. A zone reads like 'Europe/Berlin'.`;
      open({ zone: what.zone });
      tell(d, 'changed', what.zone === null ? 'Where they are is not known.' : `They are in ${what.zone}.`);
      return null;
    case 'fields':
      return changeFields(d, what.fields);
    case 'consent': {
      const { channel, purpose, granted } = what;
      const others = gates.consents.filter((c) => c.channel !== channel || c.purpose !== purpose);
      open({ consents: [...others, { channel, purpose, granted }] });
      tell(d, 'changed', `They ${granted ? 'consent to' : 'decline'} ${purpose} by ${channel}.`);
      return null;
    }
    case 'stop':
      open({
        suppressions: [...gates.suppressions, { channel: what.channel, at: d.now, reason: 'they asked us to stop' }],
        inboundOpen: gates.inboundOpen.filter((o) => what.channel !== 'all' && o.channel !== what.channel),
      });
      tell(d, 'changed', `They say STOP${what.channel === 'all' ? '' : ` to ${what.channel}`}.`);
      return null;
    case 'kill':
      d.killed = [...d.killed, { scope: what.scope, reason: 'tried' }];
      tell(d, 'changed', `The kill switch is on for ${what.scope}.`);
      return null;
    case 'spend':
      spend(d, what.purpose, what.channel);
      return null;
    case 'provider':
      d.provider = [...d.provider, what.next];
      tell(d, 'changed', `The next message that is handed over: ${what.next}.`);
      return null;
    case 'systems':
      d.systems = { ...d.systems, [what.system]: what.answer };
      return null;
  }
}

function changeFields(d: Draft, given: Readonly<Record<string, unknown>>): Problem {
  const read = readCustomerFields(d.setting.words, given);
  if (!read.ok) return read.faults.map(({ problem, mend }) => `${problem} ${mend}`).join(' ');
  d.customer = { ...d.customer, fields: { ...d.customer.fields, ...read.fields } };
  tell(
    d,
    'changed',
    `Of them we know: ${Object.entries(read.fields)
      .map(([field, value]) => `${field} ${String(value)}`)
      .join(', ')}.`,
  );
  if (!d.run || d.run.ended || !hears(d.setting.journey).includes('customer')) return null;
  const data = Object.fromEntries(Object.keys(read.fields).map((field) => [field, true]));
  deliver(d, { kind: 'event', event: 'customer', id: `fields-${String(d.story.length)}`, data });
  goOn(d);
  movePromises(d, 'customer', d.run.facts);
  return null;
}

function spend(d: Draft, purpose: string, channel: Channel): void {
  const touchId = `other/${String(d.row.recent.length + 1)}`;
  const cost = d.setting.policy.cost[channel];
  const place = {
    touchId,
    reservedAt: d.now,
    at: d.now,
    cost,
    channel,
    purpose,
    journey: 'another',
    state: 'sent',
  } as const;
  d.row = { ...d.row, version: d.row.version + 1, recent: [...d.row.recent, place] };
  tell(d, 'changed', `Another journey touched them: ${purpose} by ${channel}, which costs ${String(cost)}.`);
}

export { nextInstant } from './time.ts';
