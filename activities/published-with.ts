/** The words, policy and templates that hold for a touch: its journey's, or the newest for what belongs to no journey. */
import { readPolicy, type ReadPolicy } from '../core/budget/read-policy.ts';
import type { Policy } from '../core/budget/policy.ts';
import { latestDefinition, type Definitions, type Stored } from '../store/definitions.ts';
import { journeyAt, pinned } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';

export interface Published {
  readonly words: Definitions['words'];
  readonly policy: ReadPolicy;
  readonly templates: Definitions['templates'];
  /** The journey's. */
  readonly team: string | null;
}
interface OfJourney {
  readonly journey: string | null;
  readonly version: number | null;
}

export async function publishedWith(db: Db, { journey, version }: OfJourney): Promise<Published> {
  const from = journey !== null && version !== null ? await journeyAt(db, journey, version) : null;
  const { words, policy, templates } = from ? await pinned(db, from) : await newest(db);
  return {
    words: words.data,
    policy: read(policy),
    templates: templates.data,
    team: from?.definition.team ?? null,
  };
}

/** Read once: the store gives the same frozen policy each time. */
const policies = new WeakMap<Policy, ReadPolicy>();
function read({ data, number }: Stored<Policy>): ReadPolicy {
  const known = policies.get(data) ?? readPolicy(data, number);
  policies.set(data, known);
  return known;
}

async function newest(db: Db) {
  const [words, policy, templates] = await Promise.all([
    latestDefinition(db, 'words'),
    latestDefinition(db, 'policy'),
    latestDefinition(db, 'templates'),
  ]);
  if (!words || !policy || !templates) throw new Error('Nothing has been published yet: publish a journey first');
  return { words, policy, templates };
}
