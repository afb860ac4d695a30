/** The inbox of the desk: whom to help next, and why. */
import { z } from 'zod';
import { whyNext } from '../core/task/why-next.ts';
import { countInbox, inboxViews, listInbox, type InboxRow, type Viewer } from '../store/inbox/list.ts';
import { page, readCursor } from './cursor.ts';
import { customerName } from './customer-name.ts';
import type { Api, ApiDeps } from './deps.ts';
import { inboxPage, type inboxTask } from './inbox-shape.ts';
import { tasksSeenBy } from './own-objects.ts';
import { iso, line, paging, refusals } from './shapes.ts';
import { shownSuggestion } from './task-shape.ts';

export function inbox(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/inbox',
    schema: {
      tags: ['desk'],
      summary: 'Tasks in the order in which they should be taken, with whom they are about and what was said last',
      operationId: 'getInbox',
      description:
        "'next' is what the caller could take or has; 'team' all that is not done. Persons see their own teams, keys all of them.",
      querystring: z.strictObject({
        ...paging,
        view: z.enum(inboxViews).default('next'),
        words: line(100).optional().describe("A part of a name, an address or of what was said; or 'T-12'"),
      }),
      response: { 200: inboxPage, ...refusals(422) },
    },
    handler: async ({ query: { limit, after, view, words }, caller }) => {
      const cursor = readCursor(after, ['number', 'number', 'number']);
      const seen = tasksSeenBy(caller);
      const viewer: Viewer = { name: caller?.name ?? '', teams: seen?.teams ?? null };
      const from = cursor && {
        after: { tier: cursor[0] as number, dueAt: cursor[1] as number, number: cursor[2] as number },
      };
      const [rows, counts] = await Promise.all([
        listInbox(db, viewer, { view, limit: limit + 1, ...(words !== undefined && { words }), ...from }),
        // Whoever turns pages has them already.
        cursor === null ? countInbox(db, viewer) : null,
      ]);
      const at = now();
      const found = page(
        rows,
        limit,
        (row) => shown(row, viewer.name, at),
        (row) => [row.tier, row.dueAt, row.number],
      );
      return { ...found, counts, now: iso(at) };
    },
  });
}

const unansweredSince = ({ last }: InboxRow): number | null => (last?.direction === 'in' ? last.at : null);

const shown = (row: InboxRow, me: string, now: number): z.output<typeof inboxTask> => {
  const why = whyNext({ ...row, unansweredSince: unansweredSince(row) }, me, now);
  return {
    id: row.id,
    number: row.number,
    customer: { id: row.customerId, name: nameOf(row), zone: row.customerZone },
    team: row.team,
    askedTeam: row.askedTeam,
    state: row.state,
    rung: row.rung,
    claimedBy: row.claimedBy,
    dueAt: iso(row.dueAt),
    createdAt: iso(row.createdAt),
    because: row.because,
    reasons: row.reasons,
    isConfidential: row.isConfidential,
    last: row.last && { ...row.last, at: iso(row.last.at) },
    why: why.is,
    suggested: shownSuggestion(row.suggested),
    whyAt: 'since' in why ? iso(why.since) : iso(row.dueAt),
  };
};

const nameOf = ({ customerFields, customerId }: InboxRow): string => customerName(customerFields, customerId);
