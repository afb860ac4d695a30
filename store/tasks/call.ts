/** 'I'm calling now': one touch of a person by voice, counted as it begins. */
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import { countHuman } from '../budget/index.ts';
import { lockCustomer } from '../customers.ts';
import type { Db, Tx } from '../open.ts';
import { bePresent, presentAt, type Present } from '../presence/presence.ts';

export interface Calling {
  readonly customerId: string;
  readonly agent: string;
  /** The same again is one call. */
  readonly key: string;
  /** Why they go on although they were warned. */
  readonly why: string | null;
  readonly policy: ReadPolicy;
  readonly now: number;
}
/** What a person should know before they go on: a gate or a limit that a machine would have heeded, or somebody who is at it. */
export interface CallWarning {
  readonly gate: string;
  readonly rule: string;
}
export type Called =
  | { readonly is: 'counted'; readonly touchId: string; readonly warnings: readonly CallWarning[] }
  /** Nothing was counted: they may go on, and say why. */
  | { readonly is: 'warned'; readonly warnings: readonly CallWarning[] }
  | { readonly is: 'unknown-customer' };

/** A call lasts about so long: until then others see that somebody is on the phone. */
const callSeconds = 600;

/** Thrown to take back what was counted; it never leaves this file. */
class Warned extends Error {
  readonly warnings: readonly CallWarning[];
  constructor(warnings: readonly CallWarning[]) {
    super('warned');
    this.warnings = warnings;
  }
}

export async function startCall(db: Db, calling: Calling): Promise<Called> {
  try {
    return await db.transaction().execute((tx) => call(tx, calling));
  } catch (error) {
    if (error instanceof Warned) return { is: 'warned', warnings: error.warnings };
    throw error;
  }
}

/** Two who call at once stand in a line at the customer's row: the second sees the first. */
async function call(tx: Tx, { customerId: given, agent, key, why, policy, now }: Calling): Promise<Called> {
  const customerId = await lockCustomer(tx, given);
  if (customerId === null) return { is: 'unknown-customer' };
  const others = (await presentAt(tx, customerId)).filter((each) => each.agent !== agent && each.doing === 'calling');
  const touchId = `call/${customerId}/${key}`;
  const touch = { touchId, customerId, channel: 'voice', purpose: 'service', about: {} } as const;
  const { warnings: gates } = await countHuman(tx, touch, policy, now);
  const warnings = [...others.map(isCalling), ...gates.map(({ gate, rule }) => ({ gate, rule }))];
  const isKnown = await tx
    .selectFrom('overrides')
    .select('touch_id')
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  if (warnings.length > 0 && !isKnown) {
    if (why === null) throw new Warned(warnings);
    await tx
      .insertInto('overrides')
      .values({
        ...{ touch_id: touchId, customer_id: customerId, agent, why },
        warnings: JSON.stringify(warnings),
        at: new Date(now),
      })
      .execute();
  }
  await bePresent(tx, customerId, { agent, doing: 'calling', forSeconds: callSeconds });
  return { is: 'counted', touchId, warnings };
}

const isCalling = ({ agent, since }: Present): CallWarning => ({
  gate: 'a colleague',
  rule: `${agent} is calling them (since ${new Date(since).toISOString().slice(11, 16)})`,
});
