/** What the API answers, by its own schemas. */
import type { z } from 'zod';
import type { customer } from '../api/customer-shape.ts';
import type { inboxPage, inboxTask } from '../api/inbox-shape.ts';
import type { message } from '../api/message-shape.ts';
import type { me } from '../api/session-shape.ts';
import type { whole } from '../api/task-shape.ts';
import type { Why } from '../api/why-shape.ts';
import type { budgetShape } from '../api/budget-shape.ts';
import type { confidenceAnswer, reading } from '../api/confidence-shape.ts';
import type { consent, suppression } from '../api/consent-shape.ts';
import type { deskWords } from '../api/desk-words-shape.ts';
import type { followUps } from '../api/follow-up-shape.ts';
import type { found } from '../api/found-shape.ts';
import type { given, promises } from '../api/given-shape.ts';
import type { guardsOfOne } from '../api/guard-shape.ts';
import type { holdAnswer } from '../api/hold-shape.ts';
import type { theirJourneys } from '../api/journey-stop-shape.ts';
import type { limitsWithHistory } from '../api/own-limits-shape.ts';
import type { preview } from '../api/preview-shape.ts';
import type { warning } from '../api/warning-shape.ts';
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
export type Budget = z.output<typeof budgetShape>;
export type Confidence = z.output<typeof confidenceAnswer>['confidence'];
export type Reading = z.output<typeof reading>;
export type Consent = z.output<typeof consent>;
export type Suppression = z.output<typeof suppression>;
export type DeskWords = z.output<typeof deskWords>;
export type FollowUp = z.output<typeof followUps>['items'][number];
export type Found = z.output<typeof found>['items'][number];
export type Given = z.output<typeof given>['items'][number];
export type Promised = z.output<typeof promises>['items'][number];
export type Guards = z.output<typeof guardsOfOne>;
export type Hold = z.output<typeof holdAnswer>['hold'];
export type TheirJourney = z.output<typeof theirJourneys>['items'][number];
export type OwnLimits = z.output<typeof limitsWithHistory>;
export type Preview = z.output<typeof preview>;
export type Warning = z.output<typeof warning>;
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
