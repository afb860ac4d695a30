/**
 * What every channel adapter is to the rest of the product. One adapter a file, and one contract suite that all of them
 * pass (`test/channels/contract.ts`).
 *
 * Two rules hold for all of them. Nothing an adapter returns, throws or logs contains an address or a text. And `send`
 * never throws for what a provider or a network does: that is a `Sent`.
 */

import type { Channel } from '../core/journey/channels.ts';

export type { Channel };

/** One touch on its way out. */
export interface Outgoing {
  /** The touch's own id (`enrolment/step/visit`); the idempotency key where the provider has one. */
  touchId: string;
  /** This attempt's token, as the fence wrote it. Two attempts of one touch share `touchId` and differ here. */
  attempt: string;
  /** A normalised address: what `readAddress` gave. */
  to: string;
  /** Overrides the sender the adapter was configured with. */
  from?: string;
  /** E-mail only. */
  subject?: string;
  text: string;
  /** E-mail only. Where it is missing, the text is sent as escaped HTML too. */
  html?: string;
  /** The message this one answers, as its provider named it (an e-mail's Message-ID with its angle brackets). */
  inReplyTo?: string;
  references?: string[];
  /** Where the provider shall report what became of it. */
  statusCallback?: string;
  /** A machine's mail says so in its headers (RFC 3834), so that no vacation notice answers it. `tech` where it is missing. */
  madeBy?: 'tech' | 'human';
  /** `marketing` gets a way to unsubscribe in the headers. */
  purpose?: string;
}

export type Sent =
  /** The provider has it. `at` is epoch ms. `messageId` is what a reply will cite, where the channel has such a thing. */
  | { result: 'sent'; providerId: string; messageId?: string; at: number }
  /** It did not go out and never will as it is: a certain failure, which refunds its place in the budget. */
  | { result: 'rejected'; code: string; detail: string }
  /** It certainly did not go out, and may be tried again: not before `retryAfterMs`, where the provider said so. */
  | { result: 'later'; retryAfterMs: number | null; code: string; detail: string }
  /** It may have gone out. It is never sent again unless `lookUp` says `absent`. */
  | { result: 'unknown'; code: string; detail: string };

/** A touch whose sending ended `unknown`. */
export interface Uncertain {
  touchId: string;
  to: string;
  from?: string;
  text: string;
  /** Epoch ms of the real clock around the attempt: when it was marked as sending, and when it was given up. */
  sentAfter: number;
  sentBefore: number;
  /** Provider ids of this customer's other touches around then: what is theirs is not this one. */
  others: readonly string[];
}

export type LookedUp =
  | { result: 'found'; providerId: string; status: ReceiptStatus }
  /** It is not there and cannot come any more: it may be sent again. */
  | { result: 'absent' }
  /** Not found yet, found twice, or the provider cannot be asked: ask again later, or leave it to a receipt. */
  | { result: 'unsure'; because: string };

export interface ChannelAdapter {
  readonly channel: Channel;
  /** False where settings are missing: the channel then counts as not there, and `send` is `rejected` with code `not-configured`. */
  readonly configured: boolean;
  /**
   * True where the provider itself makes a repeated `touchId` one message, for at least half an hour: what was left uncertain is sent again
   * under the same key, for as long as its place is kept for the send (15 minutes).
   */
  readonly idempotent: boolean;
  /** An aborted signal ends the attempt: `later` if nothing was handed over yet, otherwise `unknown`. */
  send(message: Outgoing, signal?: AbortSignal): Promise<Sent>;
  /** Missing where a provider keeps no list that could be asked (SMTP). `now` is epoch ms of the real clock. */
  lookUp?(touch: Uncertain, now: number): Promise<LookedUp>;
  /** Ends pools and sockets. */
  close(): Promise<void>;
}

/** What a provider tells about a message it took. Status never goes back: see `isNews`. */
export type ReceiptStatus = 'sent' | 'delivered' | 'undelivered' | 'failed';

export interface Receipt {
  channel: Channel;
  providerId: string;
  status: ReceiptStatus;
  /** Epoch ms when we heard it. */
  at: number;
  /** The provider's own code of what went wrong. */
  errorCode: string | null;
}

const rank: Record<ReceiptStatus, number> = { sent: 0, undelivered: 1, failed: 1, delivered: 1 };

/** Whether a receipt changes what we know. Receipts come twice and out of order; the first final one stands. */
export function isNews(known: ReceiptStatus | null, heard: ReceiptStatus): boolean {
  return known === null || rank[heard] > rank[known];
}

/** A message that came in. Only `message` is ever a reply (`core/reply`). */
export interface Inbound {
  channel: Channel;
  kind: 'message' | 'auto-reply' | 'bounce' | 'stop';
  /** Unique for this provider: the same key twice is the same message. */
  providerKey: string;
  from: string;
  to: string;
  /** An e-mail's Message-ID, with angle brackets; the provider's id on other channels. */
  messageId: string;
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  subject: string | null;
  /** What they wrote, without what they quoted. */
  text: string;
  fullText: string;
  /** Epoch ms when it reached us; what the sender's clock said is not trusted. */
  at: number;
  /** Of a bounce: which of our messages it is about, and whether it can never arrive (`permanent`). */
  bounceOf: { messageId: string | null; permanent: boolean; code: string | null } | null;
}
