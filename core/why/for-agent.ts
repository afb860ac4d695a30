/** What people at the desk are told of one touch: a sentence with the numbers behind it, and no ids. */
import type { Explanation } from '../budget/decision.ts';
import { byChannel, sayWhen, type Language, type Said } from './language.ts';
import { saySpan } from './say-span.ts';
import type { Because, Reason, Standing } from './standing.ts';

export const tellAgent = (standing: Standing, language: Language): string =>
  language === 'de' ? inGerman(standing) : inEnglish(standing);

function inEnglish({ state, channel, sentAt, isAssumed, until, zone, because }: Standing): string {
  const by = channel === null ? '' : ` ${byChannel[channel].en}`;
  const when = (at: number): string => sayWhen(at, zone, 'en');
  const reason = sayReason(because, 'en');
  switch (state) {
    case 'sent':
      return `Sent${by}${sentAt === null ? '' : ` on ${when(sentAt)}`}${isAssumed ? ', as far as we know: nobody could find out whether it went out' : ''}.`;
    case 'reserved':
      return `It may go${by}${until === null ? '' : `, by ${when(until)}`}.`;
    case 'sending':
      return `It is just being sent${by}.`;
    case 'unknown':
      return `It may have gone out${by}; we are finding out, and it is not sent again.`;
    case 'failed':
      return `It did not go out${by}: the provider refused it.`;
    case 'withdrawn':
      return 'It is no longer needed, and was not sent.';
    case 'with-person':
      return `A person makes it${reason === '' ? '' : `: ${reason}`}.`;
    case 'deferred':
      return `It waits${until === null ? '' : ` until ${when(until)}`}: ${reason}.`;
    case 'refused':
      return `Not sent: ${reason}.`;
  }
}

function inGerman({ state, channel, sentAt, isAssumed, until, zone, because }: Standing): string {
  const by = channel === null ? '' : ` ${byChannel[channel].de}`;
  const when = (at: number): string => sayWhen(at, zone, 'de');
  const reason = sayReason(because, 'de');
  switch (state) {
    case 'sent':
      return `Gesendet${by}${sentAt === null ? '' : ` am ${when(sentAt)}`}${isAssumed ? ', soweit wir wissen: Ob es hinausging, war nicht herauszufinden' : ''}.`;
    case 'reserved':
      return `Es darf${by} hinaus${until === null ? '' : `, spätestens am ${when(until)}`}.`;
    case 'sending':
      return `Es wird gerade${by} gesendet.`;
    case 'unknown':
      return `Es ist vielleicht${by} hinausgegangen; wir finden es heraus, und es wird nicht noch einmal gesendet.`;
    case 'failed':
      return `Es ist${by} nicht hinausgegangen: Der Anbieter hat es abgelehnt.`;
    case 'withdrawn':
      return 'Es ist nicht mehr nötig und wurde nicht gesendet.';
    case 'with-person':
      return `Ein Mensch übernimmt es${reason === '' ? '' : `: ${reason}`}.`;
    case 'deferred':
      return `Es wartet${until === null ? '' : ` bis ${when(until)}`}: ${reason}.`;
    case 'refused':
      return `Nicht gesendet: ${reason}.`;
  }
}

const reasons: Readonly<Record<Exclude<Reason, 'enough' | 'they asked for less'>, Said>> = {
  'stopped by us': { en: 'our own people have stopped it', de: 'wir haben es selbst angehalten' },
  'they stopped': {
    en: 'they asked for a stop, or messages do not arrive there',
    de: 'Stopp gewünscht, oder Nachrichten kommen dort nicht an',
  },
  'not agreed': { en: 'they have not agreed to it', de: 'dem wurde nicht zugestimmt' },
  'not the moment': {
    en: 'what we know of their situation speaks against it',
    de: 'was wir von der Lage wissen, spricht dagegen',
  },
  'a person has it': { en: 'a colleague has the conversation', de: 'jemand von uns führt das Gespräch' },
  'they paused': { en: 'they asked for a pause', de: 'es wurde um eine Pause gebeten' },
  'the hour': { en: 'these are hours in which we do not disturb', de: 'zu dieser Zeit stören wir nicht' },
  'their hours': { en: 'they asked for other hours', de: 'es wurden andere Zeiten gewünscht' },
  'their channels': { en: 'they want to be reached in another way', de: 'es wurde ein anderer Weg gewünscht' },
  'enough for all': {
    en: 'with others at the same address or account they have heard enough',
    de: 'mit anderen unter derselben Adresse oder im selben Konto ist es genug',
  },
  'just now': { en: 'they have only just heard from us', de: 'eben erst kam etwas von uns' },
  'others go first': {
    en: 'another message waits for the same place and goes first',
    de: 'eine andere Nachricht wartet auf denselben Platz und geht vor',
  },
  'too many at once': {
    en: 'the channel carries no more just now',
    de: 'der Kanal trägt gerade nicht mehr',
  },
  'no way': { en: 'there is no way to reach them', de: 'es gibt keinen Weg' },
};

function sayReason({ reason, explanation }: Because, language: Language): string {
  if (reason === null) return '';
  if (reason !== 'enough' && reason !== 'they asked for less')
    return `${reasons[reason][language]}${detail(reason, explanation)}`;
  const counter = explanation?.counters.find(({ window }) => window === explanation.rule);
  const isWish = reason === 'they asked for less';
  if (language === 'de') {
    const what = isWish ? 'es wurde um weniger gebeten' : 'es ist genug';
    return counter
      ? `${what} (${String(counter.used)} von höchstens ${String(counter.atMost)} ${saySpan(counter.span, 'de')})`
      : what;
  }
  const what = isWish ? 'they asked for less' : 'they have heard enough';
  return counter
    ? `${what} (${String(counter.used)} of at most ${String(counter.atMost)} ${saySpan(counter.span, 'en')})`
    : what;
}

/** What a colleague may know and the customer is not told: which fact, whose word, which hours. */
function detail(reason: Reason, explanation: Explanation | null): string {
  const rule = explanation?.rule;
  if (rule === undefined) return '';
  return reason === 'not the moment' || reason === 'stopped by us' || reason === 'they stopped' || reason === 'the hour'
    ? ` (${rule})`
    : '';
}
