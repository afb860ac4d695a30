/** What an introduction says, of what its person approved of showing. English, and German for those who read it. */
import type { Language } from '../why/language.ts';

export interface Shown {
  readonly name: string;
  readonly since?: string;
  readonly expertise?: string;
  readonly languages?: string;
  readonly detail?: string;
}
export interface Introduce {
  readonly language: Language;
  /** Of the customer; null: not known. */
  readonly firstName: string | null;
  readonly who: Shown;
  /** Whom they were told of before, if another person comes: null for somebody who shows no name any more. */
  readonly insteadOf?: string | null;
  /** As people say it: 'Tuesday, 24 November, 15:00'; null: soon. */
  readonly when: string | null;
  /** Where they see who it is, without signing in; null: nowhere. */
  readonly card: string | null;
}
export interface IntroductionWords {
  readonly subject: string;
  /** Sentences of an e-mail, a paragraph each. The card's address is no part of them. */
  readonly paragraphs: readonly string[];
  readonly seeThem: string;
  readonly text: string;
  readonly sms: string;
}

export function introductionWords(asked: Introduce): IntroductionWords {
  const said = { en: english, de: german }[asked.language](asked);
  const { card } = asked;
  const paragraphs = [said.hello, said.comes, ...aboutThem(asked.who, said.experience), said.choice];
  const link = card === null ? [] : [`${said.seeThem}: ${card}`];
  return {
    subject: said.subject,
    paragraphs,
    seeThem: said.seeThem,
    text: [...paragraphs, ...link].join('\n\n'),
    sms: [said.comes, ...(card === null ? [] : [card])].join(' '),
  };
}

const aboutThem = ({ languages, detail }: Shown, experience: string | null): string[] =>
  [experience, languages, detail].flatMap((line) => (line === null || line === undefined ? [] : [line]));

interface Sentences {
  readonly subject: string;
  readonly hello: string;
  readonly comes: string;
  readonly experience: string | null;
  readonly choice: string;
  readonly seeThem: string;
}

function english({ firstName, who, insteadOf, when }: Introduce): Sentences {
  const { name, since, expertise } = who;
  const at = when === null ? 'soon' : `on ${when}`;
  const comes = `${name} will be in touch with you ${at}.`;
  const experience = [since && `with us since ${since}`, expertise].filter((each) => each !== undefined && each !== '');
  return {
    subject: insteadOf === undefined ? `${name} will be in touch` : `${name} instead`,
    hello: firstName === null ? 'Hello,' : `Hello ${firstName},`,
    comes: insteadOf === undefined ? comes : `It is not ${insteadOf ?? 'whom we named'} who comes after all. ${comes}`,
    experience: experience.length === 0 ? null : `${name}: ${experience.join(', ')}.`,
    choice: 'You need do nothing. If you would rather hear from nobody, answer this and say so.',
    seeThem: `Who ${name} is`,
  };
}

function german({ firstName, who, insteadOf, when }: Introduce): Sentences {
  const { name, since, expertise } = who;
  const at = when === null ? 'bald' : `am ${when}`;
  const comes = `${name} meldet sich ${at} bei Ihnen.`;
  const experience = [since && `bei uns seit ${since}`, expertise].filter((each) => each !== undefined && each !== '');
  return {
    subject: insteadOf === undefined ? `${name} meldet sich bei Ihnen` : `Nun ${name}`,
    hello: firstName === null ? 'Guten Tag,' : `Guten Tag ${firstName},`,
    comes:
      insteadOf === undefined ? comes : `Es kommt nun doch jemand anders als ${insteadOf ?? 'angekündigt'}. ${comes}`,
    experience: experience.length === 0 ? null : `${name}: ${experience.join(', ')}.`,
    choice: 'Sie müssen nichts tun. Möchten Sie lieber nichts hören, antworten Sie einfach darauf.',
    seeThem: `Wer ${name} ist`,
  };
}
