/** What may be looked at in a try: sentences for eyes, the same as `why` and the desk say. */
import { countSegments } from '../../channels/segments.ts';
import {
  nextInstant,
  sayWait,
  shortInstant,
  tellStory,
  windowsNow,
  type Setting,
  type Sim,
  type SimTouch,
} from '../../core/simulate/simulate.ts';
import { columns } from '../columns.ts';
import { words } from './words.ts';

export function viewOf(
  view: 'state' | 'budget' | 'why' | 'message' | 'story' | 'help',
  setting: Setting,
  sim: Sim,
): string {
  switch (view) {
    case 'state':
      return stateOf(setting, sim).join('\n');
    case 'budget':
      return budgetOf(setting, sim);
    case 'why':
      return whyOf(sim.touches.at(-1)).join('\n');
    case 'message':
      return messageOf(sim.touches.findLast(({ message }) => message !== null)).join('\n');
    case 'story':
      return sim.story.length === 0 ? 'Nothing has happened yet.' : tellStory(sim).join('\n');
    case 'help':
      return columns(
        ['say', '', 'and'],
        words.map(({ word, takes, says }) => [word, takes, says]),
      );
  }
}

function stateOf(setting: Setting, sim: Sim): string[] {
  const { run, now, row, tasks, promises } = sim;
  const next = nextInstant(sim);
  return [
    `It is ${shortInstant(now, row.gates.zone)} (${row.gates.zone ?? 'their zone is not known'}).`,
    sayWait({ ...sim, setting }),
    ...(run?.interrupted
      ? [`Interrupted by ${run.interrupted.by}: it goes on at ${run.interrupted.step} afterwards.`]
      : []),
    ...row.gates.guards.map(({ fact }) => `Under the guard '${fact}'.`),
    ...tasks
      .filter(({ state }) => state !== 'done')
      .map(
        (task) =>
          `${task.askedTeam} has the task (${task.state}): ${task.reasons.map(({ because }) => `“${because}”`).join(', ')}.`,
      ),
    ...promises.map(
      ({ step, state, dueAt }) => `The promise '${step}' is ${state}, due ${shortInstant(dueAt, row.gates.zone)}.`,
    ),
    next === null
      ? 'Nothing happens any more by itself.'
      : `Something happens next at ${shortInstant(next, row.gates.zone)}.`,
  ];
}

const budgetOf = (setting: Setting, sim: Sim): string =>
  columns(
    ['window', 'used', 'of', 'in', 'kept free'],
    windowsNow(setting, sim).map(({ window, used, atMost, span, kept }) => [
      window,
      used,
      atMost,
      span,
      kept === null ? null : `${kept.cost} for ${kept.for.join(' and ')}`,
    ]),
  );

function whyOf(touch: SimTouch | undefined): string[] {
  if (!touch) return ['No message has been asked for yet.'];
  return [
    `'${touch.say}' (${touch.step}), ${touch.purpose}: ${touch.state}.`,
    ...touch.asks.map(({ at, says }) => `  ${shortInstant(at, null)} UTC  ${says}`),
    ...touch.considered.map(
      ({ because, holds, values }) =>
        `  rule '${because}' ${holds ? 'fits' : 'does not fit'} (${Object.entries(values)
          .map(([path, value]) => `${path} is ${value === null ? 'not known' : String(value)}`)
          .join(', ')})`,
    ),
    ...touch.skipped.map((because) => `  left out: ${because}`),
  ];
}

export function messageOf(touch: SimTouch | undefined): string[] {
  if (!touch?.message) return ['No message has been written yet.'];
  const { subject, text } = touch.message;
  const { segments, encoding } = countSegments(text);
  const parts = touch.channel === 'sms' ? `  (${segments} part${segments === 1 ? '' : 's'}, ${encoding})` : '';
  return [
    `by ${String(touch.channel)}${parts}`,
    ...(subject === null ? [] : [`Subject: ${subject}`]),
    ...text.split('\n'),
  ].map((line, n) => (n === 0 ? `    ┌ ${line}` : `    │ ${line}`));
}
