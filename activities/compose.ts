/** From a touch to what is sent: a rendered template, or what a person wrote. */
import { renderTemplate } from '../channels/templates.ts';
import type { Outgoing } from '../channels/channel.ts';
import { sayRightWay } from '../core/journey/right-way.ts';
import { templateFor, textsFor } from '../core/journey/template-for.ts';
import type { RunState } from '../core/run/state.ts';
import { getCustomer, type Customer } from '../store/customers.ts';
import { introductionIn } from '../store/introductions/row.ts';
import { openPromiseDueAt } from '../store/promises/due-at.ts';
import { messageOfTouch, newestInbound } from '../store/touch-messages.ts';
import { calendarOf } from '../store/team-calendar.ts';
import { configuredIn, type Deps } from './deps.ts';
import { composeIntroduction } from './introduction/compose.ts';
import { publishedWith, type Published } from './published-with.ts';
import type { Said } from './said.ts';
import { isOpen } from '../core/calendar/business.ts';
import type { TouchToSend } from '../store/touch-to-send.ts';

export type Composed =
  | { readonly ok: true; readonly said: Said; readonly outgoing: Omit<Outgoing, 'touchId' | 'attempt'> }
  | { readonly ok: false; readonly said: Said; readonly code: string; readonly problem: string };

/** What a template may say besides the customer's fields. */
export interface Sayable {
  readonly facts: RunState['facts'];
  readonly promise?: { readonly dueAt: number };
}

/** What is known already where many are composed at once. */
export interface ComposeKnown {
  readonly published: Published;
  readonly customer: Customer;
}

export async function compose(
  deps: Deps,
  touch: TouchToSend,
  sayable: Sayable,
  known: Partial<ComposeKnown> = {},
): Promise<Composed> {
  const said =
    touch.madeBy === 'human'
      ? await writtenByPerson(deps, touch)
      : introductionIn(touch.id) !== null
        ? await composeIntroduction(deps, touch)
        : await rendered(deps, touch, sayable, known);
  if ('code' in said) return { ok: false, said: { subject: null, text: '' }, ...said };
  if (touch.address === null)
    return { ok: false, said, code: 'no-address', problem: `touch ${touch.id} has no address` };
  // In e-mail it continues the thread in which they last wrote to us, if they did.
  const isThread = touch.channel === 'email' && touch.purpose !== 'marketing';
  const inReplyTo = isThread ? await newestInbound(deps.db, touch.customerId, 'email') : null;
  return {
    ok: true,
    said,
    outgoing: {
      to: touch.address,
      text: said.text,
      ...(said.subject === null ? {} : { subject: said.subject }),
      ...(said.html === undefined ? {} : { html: said.html }),
      ...(inReplyTo ? { inReplyTo, references: [inReplyTo] } : {}),
      ...(deps.statusCallback === null
        ? {}
        : { statusCallback: `${deps.statusCallback}?touch=${encodeURIComponent(touch.id)}` }),
      madeBy: touch.madeBy,
      purpose: touch.purpose,
    },
  };
}

async function writtenByPerson(deps: Deps, touch: TouchToSend): Promise<Said | { code: string; problem: string }> {
  const written = await messageOfTouch(deps.db, touch.customerId, touch.id);
  return written
    ? { subject: written.subject, text: written.body }
    : { code: 'no-text', problem: `touch ${touch.id} has no text` };
}

async function rendered(
  deps: Deps,
  touch: TouchToSend,
  { facts, promise }: Sayable,
  known: Partial<ComposeKnown>,
): Promise<Said | { code: string; problem: string }> {
  const { words, templates, team: journeysTeam } = known.published ?? (await publishedWith(deps.db, touch));
  const customer = known.customer ?? (await getCustomer(deps.db, touch.customerId));
  const template = customer && touch.template !== null ? templateFor(templates, touch.template, customer.locale) : null;
  if (!customer || !template || touch.channel === null)
    return { code: 'no-template', problem: `template '${String(touch.template)}' is not there` };
  const now = deps.clock.now();
  const calendar = calendarOf(words, journeysTeam ?? deps.defaultTeam, now);
  const dueAt = promise?.dueAt ?? (touch.enrolmentId && (await openPromiseDueAt(deps.db, touch.enrolmentId)));
  const result = renderTemplate({
    ...textsFor(template, touch.channel),
    variables: {
      ...facts,
      customer: customer.fields,
      ...(typeof dueAt === 'number' ? { promise: { dueAt } } : {}),
      rightWay: sayRightWay(configuredIn(deps), calendar ? isOpen(calendar, now) : false),
    },
    locale: customer.locale,
    // A due time is the team's word where we do not know the customer's clock.
    zone: customer.zone ?? calendar?.zone ?? 'UTC',
  });
  return result.ok ? { subject: result.subject, text: result.text } : { code: 'template', problem: result.problem };
}
