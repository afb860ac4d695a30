/** Where a touch stands, in one plain sentence for designers. */
import { sayInstant } from '../../core/budget/explain.ts';
import type { SettledBy, TouchState } from '../database.ts';
import type { CountsAsSent } from './counts-as-sent.ts';

interface Standing {
  readonly state: TouchState;
  readonly channel: string | null;
  readonly sent_at: Date | null;
  readonly until: Date | null;
  readonly receipt: string | null;
  readonly failure: string | null;
  readonly settled_by: SettledBy | null;
}

export function sayState(
  { state, channel, sent_at, until, receipt, failure, settled_by }: Standing,
  zone: string | null,
  { last = '', rule = null }: { readonly last?: string | undefined; readonly rule?: CountsAsSent | null } = {},
): string {
  const by = channel === null ? '' : ` by ${channel}`;
  const because = failure === null ? '' : ` (${failure})`;
  switch (state) {
    case 'sent': {
      const when = sent_at === null ? '' : ` on ${sayInstant(sent_at.getTime(), zone)}`;
      const says = receipt === null ? '' : `; the provider says: ${receipt}`;
      return settled_by?.by === 'rule'
        ? `Counts as sent${by}${when} by ${policyOf(settled_by)}: nobody found out within ${settled_by.after} what came of it${because}${says}.`
        : `Sent${by}${when}${says}.`;
    }
    case 'reserved':
      return `It has its place${by}${until === null ? '' : `, to be sent by ${sayInstant(until.getTime(), zone)}`}.`;
    case 'sending':
      return `It is on its way${by}.`;
    case 'unknown':
      return `It may have gone out${by}: what came of it is not known yet, so it keeps its place and is not sent again${because}.${rule === null ? '' : ` Unless somebody finds out, it counts as sent from ${sayInstant(rule.at, zone)} on, by ${policyOf(rule)}.`}`;
    case 'failed':
      return `It surely did not go out${by}${because}; its place was given back.`;
    case 'withdrawn':
      return failure === null
        ? 'Withdrawn: the run went on without it.'
        : 'It was not sent in its time, and its place was given back.';
    case 'with-person':
      return `A person makes it. ${last}`;
    case 'deferred':
    case 'refused':
      return last;
  }
}

const policyOf = ({ policy, version }: Pick<CountsAsSent, 'policy' | 'version'>): string =>
  `policy ${policy} (version ${String(version)})`;
