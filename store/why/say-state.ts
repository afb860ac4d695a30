/** Where a touch stands, in one plain sentence for designers. */
import { sayInstant } from '../../core/budget/explain.ts';
import type { TouchState } from '../database.ts';

interface Standing {
  readonly state: TouchState;
  readonly channel: string | null;
  readonly sent_at: Date | null;
  readonly until: Date | null;
  readonly receipt: string | null;
  readonly failure: string | null;
}

export function sayState(
  { state, channel, sent_at, until, receipt, failure }: Standing,
  zone: string | null,
  last = '',
): string {
  const by = channel === null ? '' : ` by ${channel}`;
  const because = failure === null ? '' : ` (${failure})`;
  switch (state) {
    case 'sent': {
      const when = sent_at === null ? '' : ` on ${sayInstant(sent_at.getTime(), zone)}`;
      return `Sent${by}${when}${receipt === null ? '' : `; the provider says: ${receipt}`}.`;
    }
    case 'reserved':
      return `It has its place${by}${until === null ? '' : `, to be sent by ${sayInstant(until.getTime(), zone)}`}.`;
    case 'sending':
      return `It is on its way${by}.`;
    case 'unknown':
      return `It may have gone out${by}: what came of it is not known yet, so it keeps its place and is not sent again${because}.`;
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
