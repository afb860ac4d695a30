/** A template, as it is stored: what it takes for granted, what it needs, and its text for each channel. */
import type { Channel } from './channels.ts';

export interface TemplateChannel {
  /** E-mail only. A Liquid text, like `text`. */
  readonly subject?: string;
  /** SMS only: how many parts it may take, 1 to 4; 1 if nothing is said. */
  readonly segments?: number;
  /** What is said here instead of the body. */
  readonly text?: string;
}
export interface Template {
  readonly name: string;
  /** 'en', 'de-CH'. */
  readonly locale: string;
  /** Only touches of this purpose may say it. */
  readonly purpose: string;
  /** What must be true of the customer's situation; guards contradict it. */
  readonly assumes: readonly string[];
  /** The variables it shows: 'customer.firstName', 'promise.dueAt'. */
  readonly needs: readonly string[];
  readonly tells?: 'promise';
  readonly channels: Readonly<Partial<Record<Channel, TemplateChannel>>>;
  readonly body: string;
}

/** What a template may show besides fields of the customer and of events heard. */
export const givenToTemplates = ['promise.dueAt', 'rightWay'] as const;
