/**
 * When two moments are the same: everything that can still make a difference, and nothing else. Ids and instants go; of a wait
 * it counts whether it has only begun, is under way, or is as good as over. docs/decisions/0008 says why that is enough.
 */
import { dayMs } from '../calendar/zone.ts';
import type { Heard, Place, Repeats, RunState, TimedWait, Wait } from '../run/state.ts';
import { remembered } from './remembered.ts';
import type { Ahead, Setting } from './setting.ts';
import { testsOf } from './values.ts';
import { waits, type World } from './world.ts';

export function keyOf(setting: Setting, world: World): string {
  const { state, now, past, known } = world;
  if (state.ended) return JSON.stringify(['ended', state.ended.as, waits(world), endedPast(world)]);
  if (state.wait.for === 'end' && !state.silence)
    return JSON.stringify(['ending', state.wait.as, waits(world), endedPast(world)]);
  const ahead = setting.aheadOf(
    state.silence?.step ?? state.step,
    state.interrupted?.silence?.step ?? state.interrupted?.step,
  );
  return JSON.stringify([
    place(setting, state, now),
    state.interrupted && [
      beneathKey(setting, state.interrupted, now),
      state.interrupted.by,
      state.interrupted.silence && place(setting, state.interrupted.silence, now),
    ],
    state.silence && place(setting, state.silence, now),
    state.kept.filter(({ event }) => ahead.listens.has(event)).map((heard) => keptAs(state, heard)),
    state.held.map((heard) => [heard.event, heard.unattributed ?? false]),
    waits(world),
    counted(setting, state, ahead),
    factsOf(setting, state, now, ahead),
    [...setting.citedSteps].filter((step) => ahead.causes.has(step) && (state.visits[step] ?? 0) > 0),
    Object.entries(known).flatMap(([path, value]) =>
      ahead.reads.has(path) ? [[path, setting.moments.has(path) ? nearness(value, now) : value]] : [],
    ),
    waits(world) && past.heard,
    past.came,
    setting.floorCounts && past.floor,
    past.wantsPerson,
    setting.canWait && past.open.length > 0,
    Object.entries(past.promises),
    past.asked,
    past.answered,
    past.unknown && ahead.reads.has('run.failures'),
    past.left,
  ]);
}
const endedPast = (world: World) => [
  waits(world) && world.past.heard,
  waits(world) && world.past.open.length > 0,
  Object.entries(world.past.promises),
  world.past.left,
  world.past.handedOver,
];

const keptAs = (state: RunState, { event, at }: Heard): unknown =>
  state.customerWaitsSince === null ? event : [event, at >= state.customerWaitsSince];

export function place(setting: Setting, { step, wait, repeats }: Place, now: number): unknown {
  return [step, waitKey(setting, step, wait, now), repeats ? rounds(setting, repeats, now) : 0];
}

/** A touch that is asked for can still come to everything that one under way can: beneath an interruption they are one. */
const beneathKey = (setting: Setting, at: Place, now: number): unknown =>
  at.wait.for === 'touch' || at.wait.for === 'place' || at.wait.for === 'news'
    ? [at.step, 'touch', at.repeats ? rounds(setting, at.repeats, now) : 0]
    : place(setting, at, now);

/** Of a repeat: its round, and how much of the time to the next one is gone. */
const rounds = (setting: Setting, repeats: Repeats, now: number): unknown =>
  Object.entries(repeats).map(([id, { round, since }]) => {
    const step = setting.journey.steps[id];
    return [id, round, step?.kind !== 'repeat' || step.every === undefined ? 0 : since === now ? 0 : 1];
  });

function waitKey(setting: Setting, id: string, wait: Wait, now: number): unknown {
  switch (wait.for) {
    case 'events':
    case 'time':
      return [wait.for, bucket(wait, now), wait.missed ?? false, wait.was === undefined];
    case 'touch':
      return ['touch', touchKey(setting, id, wait.touch)];
    case 'place':
      return ['place', wait.until <= now, touchKey(setting, id, wait.touch)];
    case 'person':
      return ['person', wait.opened];
    case 'news':
      return ['news', wait.of.for];
    case 'end':
      return ['end', wait.as];
    default:
      return [wait.for];
  }
}
const bucket = ({ since, until }: TimedWait, now: number): string =>
  until === null ? 'finding' : until <= now + 60_000 ? 'over' : since === now ? 'begun' : 'under way';

/** Asked once, or again; and with what is left of its fate. */
function touchKey(setting: Setting, id: string, touch: Extract<Wait, { for: 'touch' }>['touch']): unknown {
  const step = setting.journey.steps[id];
  const whole = step && 'fate' in step ? JSON.stringify(step.fate) : null;
  const left = JSON.stringify(touch.fate);
  return [touch.ask > 1, left === whole ? 0 : left];
}

/** Counters, where a condition of the run reads them, up to where it stops making a difference. */
const counted = (setting: Setting, state: RunState, { reads }: Ahead): unknown =>
  (['failures', 'touches', 'silences'] as const).map((counter) =>
    reads.has(`run.${counter}`) ? Math.min(state[counter], lastThatCounts(setting, `run.${counter}`)) : 0,
  );

const lastThatCounts = remembered(reckonLast);
function reckonLast({ reads }: Setting, path: string): number {
  const tests = reads.flatMap(({ condition }) => (typeof condition === 'string' ? [] : testsOf(condition, path)));
  const most = tests.flatMap((test) =>
    'atLeast' in test
      ? [test.atLeast]
      : 'atMost' in test
        ? [test.atMost + 1]
        : 'is' in test
          ? test.is.map((n) => Number(n) + 1)
          : [],
  );
  return Math.max(0, ...most);
}

/** What was heard, as far as a condition, a time or a rule can tell. */
function factsOf(setting: Setting, { facts }: RunState, now: number, { reads, causes }: Ahead): unknown {
  const told: [string, unknown[]][] = [];
  for (const [event, data] of Object.entries(facts)) {
    const read: unknown[] = [];
    for (const field in data) {
      const path = `${event}.${field}`;
      if (reads.has(path)) read.push([field, setting.moments.has(path) ? nearness(data[field], now) : data[field]]);
    }
    if (read.length > 0 || causes.has(event)) told.push([event, read]);
  }
  return told.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A date is far ahead, or near, or just over. */
function nearness(value: unknown, now: number): string {
  if (value === null) return 'unknown';
  const at = typeof value === 'string' ? Date.parse(value) : Number(value);
  return at <= now + 2 * dayMs ? 'near' : 'far';
}
