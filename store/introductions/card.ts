/** A card as its customer sees it: what the person approves of showing at this very moment. */
import { languageOf, type Language } from '../../core/why/language.ts';
import { localeOf } from '../customers.ts';
import type { Db } from '../open.ts';
import { introductionRows, readIntroduction } from './row.ts';
import { shownOf } from './shown.ts';

export interface Card {
  readonly language: Language;
  readonly name: string;
  /** The address of their picture. */
  readonly photo: string | null;
  readonly lines: readonly string[];
}

/** Gone: its time is over, another person comes, it was never sent, or they show no name any more. Null: there never was one. */
export async function cardAt(db: Db, address: string, now: number): Promise<Card | 'gone' | null> {
  const row = await introductionRows(db).where('card', '=', address).executeTakeFirst();
  if (!row) return null;
  const it = readIntroduction(row);
  if (it.state === 'none' || it.cardUntil <= now || (await isCorrected(db, it))) return 'gone';
  const shown = await shownOf(db, it.agent);
  if (!shown) return 'gone';
  const { name, since, expertise, languages, detail } = shown.who;
  const language = languageOf((await localeOf(db, it.customerId)) ?? 'en');
  const known =
    since === undefined ? undefined : language === 'de' ? `Bei uns seit ${since}` : `With us since ${since}`;
  return {
    language,
    name,
    photo: shown.photo,
    lines: [known, expertise, languages, detail].filter((each) => each !== undefined),
  };
}

async function isCorrected(
  db: Db,
  { taskId, agent, at }: { readonly taskId: string; readonly agent: string; readonly at: number },
): Promise<boolean> {
  const later = await db
    .selectFrom('introductions')
    .select('id')
    .where('task_id', '=', taskId)
    .where('kind', '=', 'correction')
    .where('instead_of', '=', agent)
    .where('state', '=', 'placed')
    .where('at', '>=', new Date(at))
    .executeTakeFirst();
  return later !== undefined;
}
