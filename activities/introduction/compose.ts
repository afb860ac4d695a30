/** An introduction's words, of what its person approves of showing at this very moment. */
import { escapeHtml } from '../../channels/html.ts';
import { sayInstant } from '../../channels/say-instant.ts';
import { introductionWords, type IntroductionWords } from '../../core/introduction/words.ts';
import { languageOf } from '../../core/why/language.ts';
import { getCustomer } from '../../store/customers.ts';
import { guardsHolding } from '../../store/introductions/guards-holding.ts';
import { getIntroduction, introductionIn } from '../../store/introductions/row.ts';
import { shownOf, type ShownPerson } from '../../store/introductions/shown.ts';
import type { TouchToSend } from '../../store/touch-to-send.ts';
import type { Deps } from '../deps.ts';
import type { Said } from '../said.ts';

export async function composeIntroduction(
  deps: Deps,
  touch: TouchToSend,
): Promise<Said | { code: string; problem: string }> {
  const introduction = await getIntroduction(deps.db, introductionIn(touch.id) ?? '');
  const customer = await getCustomer(deps.db, touch.customerId);
  if (!introduction || !customer) return { code: 'no-introduction', problem: `touch ${touch.id} introduces nobody` };
  const guards = await guardsHolding(deps.db, touch.customerId);
  if (guards.length > 0) return { code: 'guard', problem: `a guard holds: ${guards.join(', ')}` };
  const shown = await shownOf(deps.db, introduction.agent);
  if (!shown) return { code: 'no-name', problem: `${introduction.agent} shows no name any more` };
  const { whenAt, insteadOf, card } = introduction;
  const { firstName } = customer.fields;
  const words = introductionWords({
    language: languageOf(customer.locale),
    firstName: typeof firstName === 'string' && firstName !== '' ? firstName : null,
    who: shown.who,
    ...(insteadOf === null ? {} : { insteadOf: (await shownOf(deps.db, insteadOf))?.who.name ?? null }),
    when: whenAt === null ? null : sayInstant(whenAt, customer.zone ?? 'UTC', customer.locale, 'day-and-time'),
    card: typeof deps.publicUrl === 'string' ? new URL(`/cards/${card}`, deps.publicUrl).href : null,
  });
  if (touch.channel !== 'email') return { subject: null, text: words.sms };
  return { subject: words.subject, text: words.text, html: htmlOf(deps, words, shown, card) };
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
