/** What the API answers, by its own schemas. */
import type { z } from 'zod';
import type { customer } from '../api/customer-shape.ts';
import type { inboxPage, inboxTask } from '../api/inbox-shape.ts';
import type { message } from '../api/message-shape.ts';
import type { me } from '../api/session-shape.ts';
import type { whole } from '../api/task-shape.ts';
import type { Why } from '../api/why-shape.ts';
import type { zoneShape } from '../api/zone-shape.ts';

export type Me = z.output<typeof me>;
export type InboxPage = z.output<typeof inboxPage>;
export type InboxTask = z.output<typeof inboxTask>;
export type TaskWhole = z.output<typeof whole>;
export type Message = z.output<typeof message>;
/** A touch or what stands beside it, in a sentence. */
export type WhyLine = Extract<Why, { for: 'agent' }>['items'][number];
export type Customer = z.output<typeof customer>;
export type Zone = z.output<typeof zoneShape>;
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
