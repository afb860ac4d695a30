/** A touch that nobody has asked for yet, as it would be asked. */
import { channels, type Channel } from '../journey/channels.ts';
import type { Journey, Scalar } from '../journey/table.ts';
import type { Template } from '../journey/template.ts';
import { templateFor } from '../journey/template-for.ts';
import type { TouchAsk } from './touch-ask.ts';
import { askOf } from './ask-of.ts';
import { mannerOf } from './manner-of.ts';

/** Told apart from every touch there is. */
const touchId = 'nobody/asks/1';

export interface Reachable {
  readonly id: string;
  readonly locale: string;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly addresses: Readonly<Partial<Record<Channel, string>>>;
  readonly preferred: Channel | null;
  readonly wroteOn: Channel | null;
  readonly wroteAt: number | null;
}

/** By one channel, of no journey that a policy names. */
export function ifSaid(
  customer: Reachable,
  { purpose, channel }: { readonly purpose: string; readonly channel: Channel },
  now: number,
): TouchAsk {
  const address = customer.addresses[channel];
  return {
    touchId,
    ask: 1,
    customerId: customer.id,
    journey: '',
    purpose,
    madeBy: 'tech',
    assumes: [],
    candidates: [{ channel, ...(address === undefined ? {} : { address }) }],
    fate: { fate: 'wait', atMost: '365 days', then: 'drop' },
    firstAskedAt: now,
    ...(purpose === 'service' && customer.wroteAt !== null ? { answersInboundAt: customer.wroteAt } : {}),
  };
}

/**
 * As a step of a journey, at its first visit: nothing has been heard or counted in a run yet, so exceptions that hang on
 * that do not hold. `null`: a person makes it, and it asks for no place. `undefined`: there is no such touch.
 */
export function ifStep(
  customer: Reachable,
  { journey, step: name, templates }: { journey: Journey; step: string; templates: readonly Template[] },
  now: number,
): TouchAsk | null | undefined {
  const step = journey.steps[name];
  if (step?.kind !== 'touch') return undefined;
  const { manner } = mannerOf(step, step.fate, (path) =>
    path.startsWith('customer.') ? customer.fields[path.slice('customer.'.length)] : undefined,
  );
  if (manner.madeBy === 'human') return null;
  return askOf({
    journey: journey.name,
    step,
    touch: { id: touchId, ask: 1, since: now, fate: step.fate, failed: [] },
    manner,
    template: templateFor(templates, step.say, customer.locale),
    customer,
    configured: channels,
  }).ask;
}
