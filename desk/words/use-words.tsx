/** The language of the reader: what they chose here before, or else their browser's. */
import { createContext, use, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { de } from './de.ts';
import { en, type Words } from './en.ts';

const languages = { en, de } as const;
export type Language = keyof typeof languages;

const kept = 'righttouch-language';
function chosen(): Language {
  const said = localStorage.getItem(kept) ?? navigator.language;
  return said.startsWith('de') ? 'de' : 'en';
}

interface Spoken {
  readonly language: Language;
  readonly words: Words;
  readonly change: () => void;
}
const Spoken = createContext<Spoken>({ language: 'en', words: en, change: () => undefined });
export const useWords = (): Words => use(Spoken).words;
export const useLanguage = (): Language => use(Spoken).language;
export const useChangeLanguage = (): (() => void) => use(Spoken).change;

export function WordsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [language, setLanguage] = useState(chosen);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const change = (): void => {
    const next = language === 'en' ? 'de' : 'en';
    localStorage.setItem(kept, next);
    setLanguage(next);
  };
  return <Spoken value={{ language, words: languages[language], change }}>{children}</Spoken>;
}
