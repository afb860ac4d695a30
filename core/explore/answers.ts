/** Every answer that what was asked for may get. */
import { prefer, type Manner } from '../budget/prefer.ts';
import { channels, type Channel, type Way } from '../journey/channels.ts';
import { valuesRead } from '../journey/holds.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import type { Fate } from '../journey/table.ts';
import { armFor, valueInRun } from '../run/steps/choose.ts';
import type { Command, Counts } from '../run/commands.ts';
import type { RunState } from '../run/state.ts';
import type { Said } from './move.ts';
import { fieldOf, pathsRead, type Setting } from './setting.ts';
import { classesOf, combinations, isRemembered } from './values.ts';
import type { Values, World } from './world.ts';

export interface Possible {
  readonly answer: Said;
  readonly sets: Values;
}
type Asking<D extends Command['do']> = Extract<Command, { do: D }>;
const just = (answer: Said): Possible => ({ answer, sets: {} });

export function answersTo(setting: Setting, world: World, command: Command): readonly Possible[] {
  switch (command.do) {
    case 'find-moment':
      return customersDate(setting, world, command.said);
    case 'find-arm':
      return armsFound(setting, world, command);
    case 'look-up':
      return arms(setting, command.step, ['unsure']);
    case 'act':
      return arms(setting, command.step, ['done', 'failed']);
    case 'open-task':
      return [just({ is: 'opened' }), ...news(setting, command.seen)];
    case 'end':
      return [just({ is: 'ended' }), ...news(setting, command.seen)];
    case 'touch':
    case 'converse':
      return [...touched(setting, world, command), ...(command.touch.ask === 1 ? news(setting, command.seen) : [])];
    default:
      return [];
  }
}
const news = ({ heard }: Setting, seen: number | null): readonly Possible[] =>
  seen === null || heard.length === 0 ? [] : [just({ is: 'overtaken' })];

function arms({ journey }: Setting, step: string, more: readonly string[]): readonly Possible[] {
  const all = [...new Set([...Object.keys(journey.steps[step]?.goes ?? {}), ...more])];
  return all.map((arm) => just({ is: 'arm', arm }));
}

/** A date of the customer that nobody has read so far: far ahead, near, or unknown where it may be. */
function customersDate(setting: Setting, { known }: World, said: string): readonly Possible[] {
  const path = fieldOf(said);
  if (path === null || !path.startsWith('customer.') || path in known) return [just({ is: 'moment' })];
  const unknown = classesOf(setting, path).includes(null) ? [null] : [];
  return ['far', 'near', ...unknown].map((value) => ({ answer: { is: 'moment' }, sets: { [path]: value } }));
}

/** For every way the fields that are read can turn out: what is read, and what of it is remembered. */
function readings(
  setting: Setting,
  world: World,
  paths: readonly string[],
  facts: RunState['facts'],
  counts: Counts,
): readonly { readonly valueOf: (path: string) => string | number | boolean | undefined; readonly sets: Values }[] {
  const isOutside = (path: string): boolean => /^(customer|now|history)\./.test(path);
  const open = paths.filter((path) => isOutside(path) && !(path in world.known));
  return combinations(setting, open).map((values) => ({
    valueOf: (path) =>
      isOutside(path)
        ? ((path in values ? values[path] : world.known[path]) ?? undefined)
        : valueInRun(facts, counts, path),
    sets: Object.fromEntries(Object.entries(values).filter(([path]) => isRemembered(setting, path))),
  }));
}

function armsFound(setting: Setting, world: World, command: Asking<'find-arm'>): readonly Possible[] {
  const { by, facts, counts } = command;
  const found = readings(setting, world, pathsRead(by), facts, counts).map(({ valueOf, sets }) => ({
    answer: { is: 'arm', arm: armFor(by, command.arms, valueOf) ?? '' } as const,
    sets,
  }));
  return distinct(found);
}

function touched(setting: Setting, world: World, command: Asking<'touch' | 'converse'>): readonly Possible[] {
  const step = setting.journey.steps[command.step];
  if (step === undefined || !('reach' in step)) return [];
  if (step.kind === 'ask' && step.questions.every(({ field }) => world.past.answered.includes(field)))
    return [just({ is: 'needless' })];
  const { team, reach, fate } = step;
  const said: Manner = { madeBy: step.kind === 'touch' ? step.madeBy : 'tech', team, reach, fate };
  const rules = step.prefer ?? [];
  const paths = rules.flatMap(({ when }) => valuesRead(when));
  const isWhole = JSON.stringify(command.touch.fate) === JSON.stringify(fate);
  return distinct(
    readings(setting, world, paths, command.facts, command.counts).flatMap(({ valueOf, sets }) => {
      const { manner } = prefer(said, rules, valueOf);
      const left = isWhole ? manner : { ...manner, fate: command.touch.fate };
      return made(step, left, command).map((answer) => ({ answer, sets }));
    }),
  );
}

function made(
  step: Pick<TouchStep, 'quiet'> & { readonly kind: string; readonly introduces?: string },
  { madeBy, team, reach, fate }: Manner,
  { touch }: Asking<'touch' | 'converse'>,
): readonly Said[] {
  if (madeBy === 'human') return [{ is: 'with-person', team, because: 'people make it' }];
  const ways = [reach].flat();
  const channel = ways.map(channelOf).find((way) => !touch.failed.includes(way));
  const refused = leaves(fate, team, touch.failed.length > 0 ? 'it failed' : 'no consent');
  if (channel === undefined || touch.failed.length >= ways.length) return refused;
  const isFirst = touch.ask === 1;
  return [
    { is: 'sent', channel },
    { is: 'unknown', channel },
    ...(step.introduces === undefined ? [] : [{ is: 'needless' } as const]),
    ...refused,
    ...(isFirst && (step.quiet ?? 'wait') === 'wait' ? [{ is: 'deferred', because: 'quiet hours' } as const] : []),
    ...(isFirst && waitsFor(fate) ? [{ is: 'deferred', because: 'budget' } as const] : []),
    // What is asked again after that is as after a deferral: it goes out, or its fate holds.
    ...(isFirst ? [{ is: 'failed', channel } as const] : []),
  ];
}
const waitsFor = (fate: Fate): boolean => typeof fate === 'object' && fate.fate === 'wait';

/** Where they wrote or like to read is an e-mail here, and a second one of these another channel. */
function channelOf(way: Way, nth: number): Channel {
  const named = channels.find((channel) => channel === way);
  return named ?? (nth === 0 ? 'email' : 'sms');
}

/** What a gate that does not open by waiting leads to. */
function leaves(fate: Fate, team: string, because: string): readonly Said[] {
  if (fate === 'drop') return [{ is: 'dropped', because }];
  if (fate === 'toHuman') return [{ is: 'with-person', team, because }];
  if (fate.fate === 'toHuman') return [{ is: 'with-person', team: fate.team, because }];
  if (fate.fate === 'substitute') return [{ is: 'sent', channel: fate.channel }, ...leaves(fate.then, team, because)];
  return leaves(fate.then, team, because);
}

function distinct(all: readonly Possible[]): readonly Possible[] {
  const seen = new Map(all.map((possible) => [JSON.stringify(possible), possible]));
  return [...seen.values()];
}
