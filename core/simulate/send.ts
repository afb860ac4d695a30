/** A touch that has its place is handed to a provider, and what comes of it is told. */
import { fence, settle } from '../budget/reserve.ts';
import type { Channel } from '../journey/channels.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import type { Template } from '../journey/template.ts';
import type { Counts } from '../run/commands.ts';
import type { TouchAnswer } from '../run/inputs.ts';
import type { RunState, TouchProgress } from '../run/state.ts';
import { compose } from './compose.ts';
import { changeTouch, tell, type Draft } from './draft.ts';
import { waitsNoLonger } from './floor.ts';

export interface TouchAsked {
  readonly step: string;
  readonly touch: TouchProgress;
  readonly facts: RunState['facts'];
  readonly counts: Counts;
  /** Of a promise that is being renewed. */
  readonly promise?: { readonly dueAt: number };
}

export function send(
  d: Draft,
  asked: TouchAsked,
  made: { template: Template | null; step: TouchStep; channel: Channel; cost: number; says: string },
): TouchAnswer {
  const { id } = asked.touch;
  const { template, step, channel, cost, says } = made;
  const fenced = fence(d.row, id, d.now);
  if (!fenced.fenced) throw new Error(`Touch '${id}' has its place and was not let through: ${fenced.because}`);
  const composed = compose(d, {
    template,
    step,
    channel,
    facts: asked.facts,
    ...(asked.promise ? { promise: asked.promise } : {}),
  });
  const [next = 'sent', ...rest] = d.provider;
  if (composed.ok) d.provider = rest;
  const outcome = composed.ok ? next : 'failed';
  d.row = settle(fenced.row, id, outcome).row;
  if (outcome === 'sent' && step.purpose === 'service') waitsNoLonger(d);
  changeTouch(d, id, { state: outcome, channel, cost, at: d.now, message: composed.ok ? composed.message : null });
  if (!composed.ok) {
    tell(d, 'touch', `'${step.say}' could not be written for ${channel}. ${composed.problem}`, id);
    return { is: 'failed', channel };
  }
  const what = { sent: 'goes out', unknown: 'may have gone out', failed: 'surely did not go out' }[outcome];
  tell(d, 'touch', `'${step.say}' ${what} by ${channel}. ${says}`, id);
  return { is: outcome, channel };
}
