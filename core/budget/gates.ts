/** All that may stop a touch, in the one order in which it is asked. Documentation and explanations are made from this list. */
import type { Asked, Closed, Shut } from './asked.ts';
import { channelRate } from './rules/channel-rate.ts';
import { consent } from './rules/consent.ts';
import { guard } from './rules/guard.ts';
import { hold } from './rules/hold.ts';
import { killSwitch } from './rules/kill-switch.ts';
import { quietHours } from './rules/quiet-hours.ts';
import { spacing } from './rules/spacing.ts';
import { suppression } from './rules/suppression.ts';
import { windows } from './rules/windows.ts';
import type { GateName } from './decision.ts';

interface Gate {
  readonly name: GateName;
  /** One sentence for documentation. */
  readonly says: string;
  readonly opensByItself: boolean;
}

export const gates: readonly Gate[] = [
  {
    name: 'kill switch',
    opensByItself: false,
    says: 'Our own people stopped everything, this journey, this channel, a segment or an area; or this journey for this customer.',
  },
  { name: 'suppression', opensByItself: false, says: 'The customer said STOP, or the address is dead.' },
  {
    name: 'consent',
    opensByItself: false,
    says: 'Nobody is written to without consent to this purpose on this channel; an open message from them is consent to a service in answer. Who named channels is reached by those.',
  },
  {
    name: 'guard',
    opensByItself: false,
    says: 'What the template takes for granted is contradicted by what we know of their situation or where they are, or nobody has looked lately.',
  },
  {
    name: 'hold',
    opensByItself: true,
    says: 'A person has the conversation, or the customer asked for a pause: what is automated and no service waits. So does all of a journey that was paused for them.',
  },
  {
    name: 'quiet hours',
    opensByItself: true,
    says: "Hours of the customer's own clock in which nothing is sent, by our policy, by law or by their own wish, except an answer to somebody who wrote in the last ten minutes.",
  },
  {
    name: 'windows',
    opensByItself: true,
    says: 'In every span of time the cost of all touches is at most the maximum, over all journeys and channels.',
  },
  { name: 'spacing', opensByItself: true, says: 'Two touches are at least so far apart.' },
  { name: 'channel rate', opensByItself: true, says: 'The channel can carry no more at this instant.' },
  {
    name: 'priority',
    opensByItself: true,
    says: 'A touch that waits for the same place and goes first would be delayed.',
  },
];

export const closedGates: readonly (readonly [GateName, (asked: Asked) => Closed | null])[] = [
  ['kill switch', killSwitch],
  ['suppression', suppression],
  ['consent', consent],
  ['guard', guard],
];
/** Those that open by themselves: the first instant from `at` on at which each lets the touch through. */
export const timedGates: readonly (readonly [GateName, (asked: Asked, at: number) => Shut | null])[] = [
  ['hold', hold],
  ['quiet hours', quietHours],
  ['windows', windows],
  ['spacing', spacing],
  ['channel rate', channelRate],
];
