/** An introduction's words, of what its person approves of showing at this very moment. */
import { escapeHtml } from '../../channels/html.ts';
import { sayInstant } from '../../channels/say-instant.ts';
import { introductionWords, type IntroductionWords, type Shown } from '../../core/introduction/words.ts';
import { spokenFor } from '../../core/introduction/spoken.ts';
import { fragmentsOf, type StoredFragment } from '../../store/agents/fragments.ts';
import { getCustomer } from '../../store/customers.ts';
import { guardsHolding } from '../../store/introductions/guards-holding.ts';
import { getIntroduction, introductionIn } from '../../store/introductions/row.ts';
import type { TouchToSend } from '../../store/touch-to-send.ts';
import type { Deps } from '../deps.ts';

export interface SaidIntroduction {
  readonly subject: string | null;
  readonly text: string;
  readonly html?: string;
}

export async function composeIntroduction(
  deps: Deps,
  touch: TouchToSend,
): Promise<SaidIntroduction | { code: string; problem: string }> {
  const introduction = await getIntroduction(deps.db, introductionIn(touch.id) ?? '');
  const customer = await getCustomer(deps.db, touch.customerId);
  if (!introduction || !customer) return { code: 'no-introduction', problem: `touch ${touch.id} introduces nobody` };
  const guards = await guardsHolding(deps.db, touch.customerId);
  if (guards.length > 0) return { code: 'guard', problem: `a guard holds: ${guards.join(', ')}` };
  const shown = await shownOf(deps, introduction.agent);
  if (!shown) return { code: 'no-name', problem: `${introduction.agent} shows no name any more` };
  const { whenAt, insteadOf, card } = introduction;
  const { firstName } = customer.fields;
  const words = introductionWords({
    language: spokenFor(customer.locale),
    firstName: typeof firstName === 'string' && firstName !== '' ? firstName : null,
    who: shown.who,
    ...(insteadOf === null ? {} : { insteadOf: (await shownOf(deps, insteadOf))?.who.name ?? null }),
    when: whenAt === null ? null : sayInstant(whenAt, customer.zone ?? 'UTC', customer.locale, 'day-and-time'),
    card: typeof deps.publicUrl === 'string' ? new URL(`/cards/${card}`, deps.publicUrl).href : null,
  });
  if (touch.channel !== 'email') return { subject: null, text: words.sms };
  return { subject: words.subject, text: words.text, html: htmlOf(deps, words, shown, card) };
}

interface ShownPerson {
  readonly who: Shown;
  readonly photo: string | null;
}

/** Null: not even a name. */
async function shownOf({ db }: Deps, agent: string): Promise<ShownPerson | null> {
  const approved = (await fragmentsOf(db, agent)).filter(({ isApproved }) => isApproved);
  const of = (what: StoredFragment['fragment']): string | undefined =>
    approved.find(({ fragment }) => fragment === what)?.content.toString();
  const name = of('name');
  if (name === undefined) return null;
  const parts = Object.entries({
    since: of('since'),
    expertise: of('expertise'),
    languages: of('languages'),
    detail: of('detail'),
  }).filter(([, value]) => value !== undefined);
  const photo = approved.find(({ fragment }) => fragment === 'photo');
  return { who: { name, ...Object.fromEntries(parts) }, photo: photo ? photo.address : null };
}

/** The picture is fetched from its own address, which says that it is gone once it is withdrawn. */
function htmlOf(
  { publicUrl = null }: Deps,
  words: IntroductionWords,
  { who, photo }: ShownPerson,
  card: string,
): string {
  const at = (path: string): string => escapeHtml(new URL(path, publicUrl ?? 'http://localhost').href);
  const face =
    publicUrl === null || photo === null
      ? []
      : [`<p><img src="${at(`/people/${photo}`)}" alt="${escapeHtml(who.name)}" width="96" height="96"></p>`];
  const link = publicUrl === null ? [] : [`<p><a href="${at(`/cards/${card}`)}">${escapeHtml(words.seeThem)}</a></p>`];
  const said = words.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  return `<!doctype html>\n<html><body>\n${[...face, ...said, ...link].join('\n')}\n</body></html>\n`;
}
