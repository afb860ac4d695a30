/** The languages we have words of our own in. */
export type Spoken = 'en' | 'de';

/** English for whoever reads another one. */
export const spokenFor = (locale: string): Spoken => (/^de\b/i.test(locale) ? 'de' : 'en');
