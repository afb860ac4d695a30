/** By which published rule an unknown touch counts as sent. */
import { channels } from '../core/journey/channels.ts';
import { readSentAfter, saidSentAfter, type SentRule } from '../core/budget/unknown-is-sent.ts';
import { definitionAt, latestDefinition } from './definitions.ts';
import { journeyAt } from './journeys.ts';
import type { Db } from './open.ts';

export interface UnknownKind {
  readonly journey: string | null;
  readonly version: number | null;
  readonly channel: string | null;
}

/** That of the policy which its journey's version was published with, or of the newest for what is of no journey; null: none is stated. */
export async function sentRuleOf(
  db: Db,
  { journey, version, channel: by }: UnknownKind,
): Promise<(SentRule & { readonly afterMs: number }) | null> {
  const channel = channels.find((known) => known === by);
  if (channel === undefined) return null;
  const of = journey !== null && version !== null ? await journeyAt(db, journey, version) : null;
  const policy = of ? await definitionAt(db, 'policy', of.policyHash) : await latestDefinition(db, 'policy');
  const after = policy && saidSentAfter(policy.data, channel);
  if (!after) return null;
  const afterMs = readSentAfter(after);
  return afterMs === null ? null : { after, afterMs, policy: policy.data.name, version: policy.number };
}
