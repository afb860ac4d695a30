/** A company's words as they are stored, published and pinned with each journey's version: plain data. */
import type { FieldData } from './fields.ts';
import { frozen } from './frozen.ts';
import type { Team, Words } from './lexicon.ts';

export type FieldsData = Readonly<Record<string, FieldData>>;
export interface StoredWords {
  readonly format: 1;
  readonly events: Readonly<Record<string, FieldsData>>;
  readonly causes: readonly string[];
  readonly customer: FieldsData;
  readonly teams: Readonly<Record<string, Team>>;
  readonly purposes: readonly string[];
  readonly templates: readonly string[];
  readonly audiences: readonly string[];
  readonly articles: readonly string[];
  readonly lookUps: Readonly<Record<string, { readonly needs: FieldsData; readonly answers: readonly string[] }>>;
  readonly actions: Readonly<Record<string, { readonly needs: FieldsData; readonly declines: readonly string[] }>>;
  readonly guards: Readonly<Record<string, readonly string[]>>;
}

const nothing = { purposes: [], audiences: [], articles: [], lookUps: {}, actions: {}, guards: {} };

/** Fields hide from JSON what is for the compiler only, so the way through JSON leaves their data. */
export const storedWords = (words: Words): StoredWords =>
  frozen(JSON.parse(JSON.stringify({ format: 1, ...nothing, ...words })) as StoredWords);
