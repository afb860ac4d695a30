/** The ways a message can travel, and the ways to choose among them. Plain names: this file may enter a workflow. */

export const channels = ['email', 'sms', 'whatsapp', 'voice', 'push', 'chat'] as const;
export type Channel = (typeof channels)[number];

export const ways = [...channels, 'wrote-on', 'preferred', 'answers-on'] as const;
/** A channel, or a way to find one: where they wrote, what they prefer, where they usually answer. */
export type Way = (typeof ways)[number];
