/** What a person approves of showing to customers at this very moment. */
import type { Shown } from '../../core/introduction/words.ts';
import { fragmentsOf, type StoredFragment } from '../agents/fragments.ts';
import type { Db } from '../open.ts';

export interface ShownPerson {
  readonly who: Shown;
  /** The address of their picture. */
  readonly photo: string | null;
}

/** Null: not even a name. */
export async function shownOf(db: Db, agent: string): Promise<ShownPerson | null> {
  const approved = (await fragmentsOf(db, agent)).filter(({ isApproved }) => isApproved);
  const of = (what: StoredFragment['fragment']): StoredFragment | undefined =>
    approved.find(({ fragment }) => fragment === what);
  const name = of('name');
  if (!name) return null;
  const said = (['since', 'expertise', 'languages', 'detail'] as const).flatMap((what) => {
    const fragment = of(what);
    return fragment ? [[what, fragment.content.toString()] as const] : [];
  });
  return { who: { name: name.content.toString(), ...Object.fromEntries(said) }, photo: of('photo')?.address ?? null };
}
