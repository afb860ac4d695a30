/** The words of the pages that are loaded when somebody goes there. */
import { dePages } from './de-pages.ts';
import { enPages, type PageWords } from './en-pages.ts';
import { useLanguage } from './use-words.tsx';

const languages = { en: enPages, de: dePages } as const;
export const usePageWords = (): PageWords => languages[useLanguage()];
