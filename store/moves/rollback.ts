/** The version before the newest takes the entries again: it comes back under a number of its own, with all it was published with. */
import { journeyVersions } from '../journeys.ts';
import type { Db } from '../open.ts';
import { insertVersion, lockPublishing } from '../publish.ts';

export type RolledBack =
  | { readonly version: number; readonly sameAs: number; readonly replaces: number }
  | { readonly refused: 'unknown' | 'nothing-before' };

/** Rolled back again, it is the one before that: what was rolled back from is passed over, and so is what was retired. */
export const rollback = (
  db: Db,
  { journey, by, now }: { readonly journey: string; readonly by: string; readonly now: number },
): Promise<RolledBack> =>
  db.transaction().execute(async (tx) => {
    await lockPublishing(tx);
    const versions = await journeyVersions(tx, journey);
    const [newest] = versions;
    if (!newest) return { refused: 'unknown' };
    const current = newest.sameAs ?? newest.version;
    const before = versions.find((v) => v.version < current && v.retiredAt === null);
    if (!before) return { refused: 'nothing-before' };
    const version = newest.version + 1;
    await insertVersion(tx, before.definition, version, {
      words_hash: before.wordsHash,
      policy_hash: before.policyHash,
      templates_hash: before.templatesHash,
      published_at: new Date(now),
      published_by: by,
      same_as: before.sameAs ?? before.version,
    });
    return { version, sameAs: before.sameAs ?? before.version, replaces: newest.version };
  });
