/** Finding out what became of a touch whose sending ended unknown. */
import { realAt } from '../core/clock.ts';
import { messageOfTouch, providerIdsAround } from '../store/touch-messages.ts';
import type { TouchToSend } from '../store/touch-to-send.ts';
import type { Deps } from './deps.ts';

/** 'unknown' stays: its place is kept, and it is not sent again. */
export async function lookUpUnknown(
  { db, budgets, channels, clock }: Pick<Deps, 'db' | 'budgets' | 'channels' | 'clock'>,
  touch: TouchToSend,
  saidText?: string,
): Promise<'sent' | 'failed' | 'unknown'> {
  const kept = await messageOfTouch(db, touch.customerId, touch.id);
  const now = clock.now();
  const providerKey = touch.madeBy === 'tech' ? kept?.providerKey : null;
  if (providerKey) {
    // The provider had answered: we died before the touch was settled.
    await budgets.settleByLookUp(touch.id, { is: 'sent', providerId: providerKey, at: touch.sendingAt ?? now });
    return 'sent';
  }
  const adapter = touch.channel === null ? undefined : channels[touch.channel];
  const text = saidText ?? kept?.body;
  if (!adapter?.lookUp || touch.address === null || text === undefined) return 'unknown';
  const sentAfter = realAt(clock.spec, touch.sendingAt ?? now);
  const sentBefore = realAt(clock.spec, now);
  const others = await providerIdsAround(db, touch);
  const found = await adapter.lookUp(
    { touchId: touch.id, to: touch.address, text, sentAfter, sentBefore, others },
    sentBefore,
  );
  if (found.result === 'unsure') return 'unknown';
  const isSent = found.result === 'found' && found.status !== 'failed' && found.status !== 'undelivered';
  await budgets.settleByLookUp(
    touch.id,
    isSent
      ? { is: 'sent', providerId: found.providerId, at: touch.sendingAt ?? now }
      : { is: 'failed', code: found.result === 'absent' ? 'absent' : found.status },
  );
  return isSent ? 'sent' : 'failed';
}
