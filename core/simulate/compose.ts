/** The message as it would be written: the same variables as in production. */
import type { Channel } from '../journey/channels.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import type { Template } from '../journey/template.ts';
import type { RunState } from '../run/state.ts';
import type { Draft } from './draft.ts';
import type { Rendering } from './types.ts';
import { rightWay } from './values.ts';

interface ToSay {
  readonly template: Template | null;
  readonly step: TouchStep;
  readonly channel: Channel;
  readonly facts: RunState['facts'];
  readonly promise?: { readonly dueAt: number };
}

export function compose(d: Draft, { template, step, channel, facts, promise }: ToSay): Rendering {
  if (!template) return { ok: false, problem: `No template is called '${step.say}'.` };
  const dueAt = promise?.dueAt ?? promiseTold(d)?.dueAt;
  const { team } = d.setting.journey;
  return d.setting.render({
    template,
    channel,
    variables: {
      ...facts,
      customer: d.customer.fields,
      ...(dueAt === undefined ? {} : { promise: { dueAt } }),
      rightWay: rightWay(d, team),
    },
    locale: d.customer.locale,
    zone: d.row.gates.zone ?? d.setting.calendarOf(team, d.now)?.zone ?? 'UTC',
  });
}

/** The newest that is open; else the newest that was kept. */
const promiseTold = ({ promises }: Draft) =>
  promises.findLast(({ state }) => state === 'open') ?? promises.findLast(({ state }) => state === 'kept');
