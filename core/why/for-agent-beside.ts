/** What people at the desk are told of what is no touch: notes for them, and journeys that did not begin. */
import { sayWhen, type Language } from './language.ts';

export interface Note {
  readonly team: string;
  readonly about: string;
  readonly dueAt: number;
  readonly toldAt: number | null;
}
export const tellNote = ({ team, about, dueAt, toldAt }: Note, zone: string | null, language: Language): string =>
  language === 'de'
    ? `Notiz für ${team}, ${toldAt === null ? 'fällig' : 'erinnert'} am ${sayWhen(toldAt ?? dueAt, zone, 'de')}: ${about}`
    : `A note for ${team}, ${toldAt === null ? 'due' : 'told'} on ${sayWhen(toldAt ?? dueAt, zone, 'en')}: ${about}`;

export const tellTurnedAway = (until: number | null, zone: string | null, language: Language): string =>
  language === 'de'
    ? `Sie wurde nicht begonnen${until === null ? '' : `; frühestens wieder am ${sayWhen(until, zone, 'de')}`}.`
    : `It was not begun${until === null ? '' : `; on ${sayWhen(until, zone, 'en')} it may be again`}.`;
