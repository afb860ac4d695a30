/** From the ways a touch may go to the channels it can: in order, each once, and a reason for each that is left out. */
import type { Channel, Way } from '../journey/channels.ts';
import type { Reach } from '../journey/table.ts';

export interface ReachFacts {
  /** The channel of their latest message; null if they never wrote. */
  readonly wroteOn: Channel | null;
  readonly preferred: Channel | null;
  /** The channel they usually answer on. */
  readonly answersOn?: Channel | null;
  /** Their address on each channel. A chat has one while they are in it. */
  readonly addresses: Readonly<Partial<Record<Channel, string>>>;
  /** Channels the template is written for. */
  readonly template: readonly Channel[];
  /** Channels this installation can send by. */
  readonly configured: readonly Channel[];
  /** Channels that surely failed for this touch. */
  readonly failed: readonly Channel[];
}

export interface ReachChosen {
  /** Best first. Empty: there is no way to reach them, and the touch meets its fate. */
  readonly candidates: readonly { readonly channel: Channel; readonly way: Way; readonly address: string }[];
  /** 'sms: no number', 'preferred: not known'. */
  readonly skipped: readonly { readonly way: Way; readonly channel: Channel | null; readonly because: string }[];
}

export function chooseReach(reach: Reach, facts: ReachFacts): ReachChosen {
  const candidates: { channel: Channel; way: Way; address: string }[] = [];
  const skipped: { way: Way; channel: Channel | null; because: string }[] = [];
  for (const way of typeof reach === 'string' ? [reach] : reach) {
    const channel = channelOf(way, facts);
    if (channel === null) {
      skipped.push({ way, channel, because: `${way}: ${unknownWay[way] ?? 'not known'}` });
      continue;
    }
    // Said twice, by its name and by a way that leads to it: the first place counts, and there is nothing to explain.
    if (candidates.some((c) => c.channel === channel) || skipped.some((s) => s.channel === channel)) continue;
    const because = hindrance(channel, facts);
    const address = facts.addresses[channel];
    if (because === null && address !== undefined) candidates.push({ channel, way, address });
    else skipped.push({ way, channel, because: `${channel}: ${because ?? addressName[channel]}` });
  }
  return { candidates, skipped };
}

function channelOf(way: Way, facts: ReachFacts): Channel | null {
  if (way === 'wrote-on') return facts.wroteOn;
  if (way === 'preferred') return facts.preferred;
  if (way === 'answers-on') return facts.answersOn ?? null;
  return way;
}

function hindrance(channel: Channel, facts: ReachFacts): string | null {
  if (!facts.configured.includes(channel)) return 'not set up here';
  if (!facts.addresses[channel]) return addressName[channel];
  if (!facts.template.includes(channel)) return 'the template is not written for it';
  if (facts.failed.includes(channel)) return 'it failed for this touch';
  return null;
}

const addressName: Readonly<Record<Channel, string>> = {
  email: 'no address',
  sms: 'no number',
  whatsapp: 'no number',
  voice: 'no number',
  push: 'no device',
  chat: 'no open chat',
};
const unknownWay: Readonly<Partial<Record<Way, string>>> = {
  'wrote-on': 'they have not written yet',
  preferred: 'they named no preference',
  'answers-on': 'they have not answered yet',
};
