/** 'I'm calling now': one touch of a person by voice, counted as it begins. */
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import { countHuman } from '../budget/index.ts';
import { lockCustomer } from '../customers.ts';
import type { Db, Tx } from '../open.ts';
import { bePresent, presentAt, type Present } from '../presence/presence.ts';
import { keepOverride, unlessWarned, type HumanWarning, type Warned } from './override.ts';

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
export type Called =
  | { readonly is: 'counted'; readonly touchId: string; readonly warnings: readonly HumanWarning[] }
  | Warned
  | { readonly is: 'unknown-customer' };

/** A call lasts about so long: until then others see that somebody is on the phone. */
const callSeconds = 600;

export const startCall = (db: Db, calling: Calling): Promise<Called> =>
  unlessWarned(() => db.transaction().execute((tx) => call(tx, calling)));

/** Two who call at once stand in a line at the customer's row: the second sees the first. */
async function call(tx: Tx, { customerId: given, agent, key, why, policy, now }: Calling): Promise<Called> {
  const customerId = await lockCustomer(tx, given);
  if (customerId === null) return { is: 'unknown-customer' };
  const others = (await presentAt(tx, customerId)).filter((each) => each.agent !== agent && each.doing === 'calling');
  const touchId = `call/${customerId}/${key}`;
  const touch = { touchId, customerId, channel: 'voice', purpose: 'service', about: {} } as const;
  const { warnings: gates } = await countHuman(tx, touch, policy, now);
  const warnings = [...others.map(isCalling), ...gates.map(({ gate, rule }) => ({ gate, rule }))];
  await keepOverride(tx, { touchId, customerId, agent, why, warnings, now });
  await bePresent(tx, customerId, { agent, doing: 'calling', forSeconds: callSeconds });
  return { is: 'counted', touchId, warnings };
}

const isCalling = ({ agent, since }: Present): HumanWarning => ({
  gate: 'a colleague',
  rule: `${agent} is calling them`,
  since: new Date(since).toISOString(),
});
