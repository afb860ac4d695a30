/** Limits that span customers: over which touches a rule per address or per account counts. */
import type { Channel } from '../journey/channels.ts';
import type { TouchRequest } from './decision.ts';
import type { Per } from './policy.ts';
import type { BudgetRow, RecentTouch, SharedKind, SharedRow, WaitingTouch } from './row.ts';

/** The touches of one shared row. */
export type Ring = Pick<SharedRow, 'kind' | 'recent'>;
/** All that a touch's rules may count over: its customer's touches, and those of the shared rows in which it counts. */
export interface Rings {
  readonly own: readonly RecentTouch[];
  readonly shared: readonly Ring[];
}

export const sharedOf = (row: BudgetRow): readonly SharedRow[] => row.shared ?? [];

/** The shared rows in which a touch counts. */
export const countsIn = (row: BudgetRow, { countsIn: keys }: Pick<TouchRequest, 'countsIn'>): readonly SharedRow[] =>
  keys === undefined ? [] : sharedOf(row).filter(({ key }) => keys.includes(key));

/** What kind of address a channel leads to; a device or a chat is nobody else's. */
export function addressKind(channel: Channel): Exclude<SharedKind, 'account'> | null {
  switch (channel) {
    case 'email':
      return 'mailbox';
    case 'sms':
    case 'whatsapp':
    case 'voice':
      return 'phone';
    case 'push':
    case 'chat':
      return null;
  }
}

/**
 * The touches over which a rule counts for a touch by this channel; null: it is not about it. Where an address is shared
 * with nobody, everything to its owner by that kind of channel counts: with two mailboxes that is stricter than what was
 * said, and never laxer. A touch that may go to any of several shared addresses counts beside those to all of them.
 */
export function countedOver(
  per: Per,
  channel: Channel,
  { own, shared }: Rings,
): { readonly recent: readonly RecentTouch[]; readonly kind: SharedKind | null } | null {
  if (per === 'customer') return { recent: own, kind: null };
  const kind = per === 'account' ? 'account' : addressKind(channel);
  const rings = shared.filter((ring) => ring.kind === kind);
  if (rings.length > 0) return { recent: united(rings), kind };
  if (per === 'account') return null;
  const alike = (other: Channel): boolean => (kind === null ? other === channel : addressKind(other) === kind);
  return { recent: own.filter((touch) => alike(touch.channel)), kind: null };
}

function united(rings: readonly Ring[]): readonly RecentTouch[] {
  const all = rings.flatMap(({ recent }) => recent);
  return [...new Map(all.map((touch) => [touch.touchId, touch])).values()];
}

/** Everybody who waits for a place that this row could free: its customer's touches, and others' where they share something. */
export const waitingIn = (row: BudgetRow): readonly WaitingTouch[] => {
  const shared = sharedOf(row);
  if (shared.length === 0) return row.waiting;
  const all = [...row.waiting, ...shared.flatMap(({ waiting }) => waiting)];
  return [...new Map(all.map((waiting) => [waiting.touchId, waiting])).values()];
};
