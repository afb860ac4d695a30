/** What carriers themselves act on (CTIA's list, as Twilio keeps it). On SMS the whole text must be one of them. */
const carrierWords = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);

/** What people write into a mail when they want no more of them. `cancel`, `end` and `quit` are left out: in a mail they are talk. */
const mailWords = new Set([
  ...['stop', 'stopall', 'unsubscribe', 'unsubscribe me', 'opt out', 'optout', 'remove me'],
  ...['abmelden', 'abbestellen', 'austragen', 'stopp', 'désabonner', 'desabonner', 'me désabonner', 'désinscription'],
  ...['baja', 'darme de baja', 'cancelar suscripción', 'disiscrivimi', 'cancellami', 'afmelden', 'uitschrijven'],
]);

export function isStopText(text: string): boolean {
  return carrierWords.has(bare(text));
}

/**
 * Whether a mail says stop: its first line is such a word and nothing else, or it is empty and its subject is one, as
 * mail programs write it when their unsubscribe button is pressed. 'Re: unsubscribe' is talk about it.
 */
export function isStopMail(subject: string | null, ownText: string): boolean {
  const text = ownText.trim();
  const first = text.split(/\r?\n/, 1)[0] ?? '';
  return mailWords.has(bare(text === '' ? (subject ?? '') : first));
}

const bare = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/^[\s"'„“.!¡*]+|[\s"'“”.!*]+$/g, '');
