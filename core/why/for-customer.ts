/**
 * What the customer is told of one touch: that they were written to, or why not, and what happens next. Made of a closed
 * list of reasons, a channel and instants, so that no rule, journey, guard or other customer can be named.
 */
import { byChannel, sayWhen, type Language, type Said } from './language.ts';
import type { Reason, Standing } from './standing.ts';

const reasons: Readonly<Record<Reason, Said>> = {
  'stopped by us': { en: 'we have stopped this message ourselves', de: 'wir diese Nachricht selbst angehalten haben' },
  'they stopped': {
    en: 'you asked us not to, or because our messages did not reach you there',
    de: 'Sie das nicht wünschen oder unsere Nachrichten Sie dort nicht erreicht haben',
  },
  'not agreed': { en: 'you have not agreed to it', de: 'Sie dem nicht zugestimmt haben' },
  'not the moment': {
    en: 'it did not seem to be the right moment',
    de: 'es uns nicht der richtige Zeitpunkt zu sein schien',
  },
  'a person has it': { en: 'one of our people is in touch with you', de: 'jemand von uns mit Ihnen im Gespräch ist' },
  'they paused': { en: 'you asked us for a pause', de: 'Sie uns um eine Pause gebeten haben' },
  'the hour': {
    en: 'we do not want to disturb you at such an hour',
    de: 'wir Sie zu dieser Zeit nicht stören möchten',
  },
  'their hours': {
    en: 'you asked us for other hours',
    de: 'Sie sich andere Zeiten gewünscht haben',
  },
  'their channels': {
    en: 'you asked us to reach you in another way',
    de: 'Sie auf anderem Weg erreicht werden möchten',
  },
  // Whoever else lives there is nobody's business.
  'enough for all': {
    en: 'there has been enough from us there lately',
    de: 'dort in letzter Zeit schon genug von uns ankam',
  },
  enough: {
    en: 'you have heard enough from us lately',
    de: 'Sie in letzter Zeit schon genug von uns gehört haben',
  },
  'they asked for less': {
    en: 'you asked us to write less often',
    de: 'Sie uns gebeten haben, seltener zu schreiben',
  },
  'just now': { en: 'you have only just heard from us', de: 'Sie gerade erst von uns gehört haben' },
  'others go first': {
    en: 'something that matters more to you comes first',
    de: 'etwas, das für Sie wichtiger ist, zuerst kommt',
  },
  'too many at once': {
    en: 'many messages are going out just now',
    de: 'gerade sehr viele Nachrichten unterwegs sind',
  },
  'no way': { en: 'we know no way to reach you', de: 'wir keinen Weg kennen, Sie zu erreichen' },
};

/** One or two sentences; the second says what happens next, where something does. */
export const tellCustomer = (standing: Standing, language: Language): string =>
  language === 'de' ? inGerman(standing) : inEnglish(standing);

function inEnglish({ state, channel, sentAt, isAssumed, until, zone, because: { reason } }: Standing): string {
  const by = channel === null ? '' : ` ${byChannel[channel].en}`;
  const when = (at: number): string => sayWhen(at, zone, 'en');
  const because = reason === null ? '' : `, because ${reasons[reason].en}`;
  switch (state) {
    case 'sent':
      return `We contacted you${by}${sentAt === null ? '' : ` on ${when(sentAt)}`}${isAssumed ? ' and could not find out whether it arrived' : ''}.`;
    case 'reserved':
    case 'sending':
      return `A message to you is on its way${by}.`;
    case 'unknown':
      return `We contacted you${by} and do not know yet whether it arrived. We are finding out.`;
    case 'failed':
      return `We tried to contact you${by}, and it did not arrive.`;
    case 'withdrawn':
      return 'We had a message for you, and it is no longer needed.';
    case 'with-person':
      return `${reason === null ? '' : `We sent you no automatic message${because}. `}One of our people takes care of it and will be in touch with you.`;
    case 'deferred':
      return `We have something to tell you and are waiting with it${because}.${until === null ? '' : ` You will hear from us on ${when(until)} at the earliest.`}`;
    case 'refused':
      return `We did not contact you${by}${because}.`;
  }
}

function inGerman({ state, channel, sentAt, isAssumed, until, zone, because: { reason } }: Standing): string {
  const by = channel === null ? '' : ` ${byChannel[channel].de}`;
  const when = (at: number): string => sayWhen(at, zone, 'de');
  const because = reason === null ? '' : `, weil ${reasons[reason].de}`;
  switch (state) {
    case 'sent':
      return `Wir haben Sie${sentAt === null ? '' : ` am ${when(sentAt)}`}${by} kontaktiert${isAssumed ? ' und konnten nicht herausfinden, ob es Sie erreicht hat' : ''}.`;
    case 'reserved':
    case 'sending':
      return `Eine Nachricht an Sie ist${by} unterwegs.`;
    case 'unknown':
      return `Wir haben Sie${by} kontaktiert und wissen noch nicht, ob es Sie erreicht hat. Wir finden es heraus.`;
    case 'failed':
      return `Wir haben versucht, Sie${by} zu erreichen; es ist nicht angekommen.`;
    case 'withdrawn':
      return 'Wir hatten eine Nachricht für Sie, die nicht mehr nötig ist.';
    case 'with-person':
      return `${reason === null ? '' : `Wir haben Ihnen nichts automatisch geschickt${because}. `}Jemand von uns kümmert sich darum und meldet sich bei Ihnen.`;
    case 'deferred':
      return `Wir haben Ihnen etwas mitzuteilen und warten damit${because}.${until === null ? '' : ` Sie hören frühestens am ${when(until)} von uns.`}`;
    case 'refused':
      return `Wir haben Sie${by} nicht kontaktiert${because}.`;
  }
}
