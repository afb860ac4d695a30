/** How a person may begin, with what the customer has told already: nobody is asked twice. */
import type { Language } from '../why/language.ts';

export interface Told {
  readonly firstName: string | null;
  /** The person's own name, as they show it. */
  readonly name: string;
  /** What they wrote last; null: nothing. */
  readonly wrote: string | null;
  /** What it is about, in our words: 'Nobody has answered yet'. */
  readonly because: string | null;
  /** What they answered or chose: 'topic: billing'. */
  readonly answers: readonly (readonly [field: string, value: string])[];
}

const saysAtMost = 160;

export function openingLine({ firstName, name, wrote, because, answers }: Told, language: Language): string {
  const told = answers.map(([field, value]) => `${field}: ${value}`).join(', ');
  const said = wrote === null ? null : shortened(wrote);
  if (language === 'de') {
    const hello = `Guten Tag${firstName === null ? '' : ` ${firstName}`}, hier ist ${name}.`;
    const known = said === null ? null : `Sie haben uns geschrieben: „${said}“`;
    return [hello, known ?? because, told === '' ? null : `Das wissen wir schon: ${told}.`].filter(Boolean).join(' ');
  }
  const hello = `Hello${firstName === null ? '' : ` ${firstName}`}, this is ${name}.`;
  const known = said === null ? null : `You wrote to us: “${said}”`;
  return [hello, known ?? because, told === '' ? null : `You told us already: ${told}.`].filter(Boolean).join(' ');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= saysAtMost ? line : `${line.slice(0, saysAtMost).replace(/\s+\S*$/, '')} …`;
}
