import type { MovedTouch, StoredTouch } from './touch.ts';

/** The touch as it is, with what changes; `settled_at` is when it came to this state. */
export function moved(touch: StoredTouch, change: Partial<Omit<MovedTouch, 'id' | 'customer_id'>>): MovedTouch {
  return {
    id: touch.id,
    customer_id: touch.customerId,
    state: touch.state,
    attempt: touch.attempt,
    sending_at: touch.sendingAt === null ? null : new Date(touch.sendingAt),
    until: touch.until === null ? null : new Date(touch.until),
    sent_at: null,
    settled_at: null,
    provider_id: touch.providerId,
    failure: touch.failure,
    ...change,
  };
}
