/** Other words for all who are on a version, and for nobody else: the templates it is pinned to are a new set, and the old one stays known. */
import { same } from '../../core/journey/diff/change.ts';
import { mannersOf, wordingOf } from '../../core/journey/diff/texts.ts';
import type { Template } from '../../core/journey/template.ts';
import { putDefinition } from '../definitions.ts';
import { journeyAt, pinned } from '../journeys.ts';
import type { Db } from '../open.ts';
import { lockPublishing } from '../publish.ts';

export interface Correction {
  readonly journey: string;
  readonly version: number;
  readonly template: Template;
  readonly why: string;
  readonly by: string;
  readonly now: number;
}
export type Corrected =
  | { readonly corrected: true; readonly isNew: boolean; readonly before: Template; readonly customers: number }
  | { readonly refused: 'unknown-version' }
  | { readonly refused: 'unknown-template'; readonly known: readonly string[] }
  /** Not only its wording is another. */
  | { readonly refused: 'not-only-wording'; readonly because: readonly string[] };

export const correct = (db: Db, correction: Correction): Promise<Corrected> =>
  db.transaction().execute(async (tx) => {
    const { journey, version, template, why, by, now } = correction;
    await lockPublishing(tx);
    const found = await journeyAt(tx, journey, version);
    if (!found) return { refused: 'unknown-version' };
    const templates = (await pinned(tx, found)).templates.data;
    const isIt = (t: Template): boolean => t.name === template.name && t.locale === template.locale;
    const before = templates.find(isIt);
    if (!before) return { refused: 'unknown-template', known: templates.map((t) => `${t.name}.${t.locale}`) };
    const because = mannersOf(before, template);
    if (because.length > 0) return { refused: 'not-only-wording', because };
    const { count } = await tx
      .selectFrom('enrolments')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('journey', '=', journey)
      .where('version', '=', version)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    const customers = Number(count);
    if (same(wordingOf(before), wordingOf(template)) && same(before, template))
      return { corrected: true, isNew: false, before, customers };
    const hash = await putDefinition(
      tx,
      'templates',
      templates.map((t) => (isIt(t) ? template : t)),
      now,
    );
    await tx
      .updateTable('journeys')
      .set({ templates_hash: hash })
      .where('name', '=', journey)
      .where('version', '=', version)
      .execute();
    await tx
      .insertInto('corrections')
      .values({
        journey,
        version,
        template: template.name,
        locale: template.locale,
        why,
        corrected_by: by,
        at: new Date(now),
        before_hash: found.templatesHash,
        after_hash: hash,
      })
      .execute();
    return { corrected: true, isNew: true, before, customers };
  });

export interface CorrectionMade {
  readonly template: string;
  readonly locale: string;
  readonly why: string;
  readonly by: string;
  readonly at: number;
}
/** Of a version, the newest first. */
export async function corrections(db: Db, journey: string, version: number): Promise<CorrectionMade[]> {
  const rows = await db
    .selectFrom('corrections')
    .select(['template', 'locale', 'why', 'corrected_by as by', 'at'])
    .where('journey', '=', journey)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}
