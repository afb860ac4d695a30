/** What was written, by either side. */
import type { Channel } from '../../core/journey/channels.ts';
import type { Instant } from './columns.ts';

export interface MessageTables {
  messages: {
    customer_id: string;
    id: string;
    direction: 'in' | 'out';
    /** A note is what a person wrote down of a call: nobody was sent it. */
    kind: 'message' | 'auto-reply' | 'bounce' | 'stop' | 'note';
    channel: Channel;
    /** 'customer', 'tech', or the agent's name. */
    author: string;
    subject: string | null;
    body: string;
    address: string | null;
    touch_id: string | null;
    task_id: string | null;
    enrolment_id: string | null;
    /** The provider's id of it (an e-mail's Message-ID): what arrives twice is kept once. */
    provider_key: string | null;
    in_reply_to: string | null;
    at: Instant;
  };
  unmatched_messages: {
    channel: Channel;
    provider_key: string;
    sender: string;
    subject: string | null;
    body: string;
    at: Instant;
  };
}
