/** What others may use of the budget's store. */
export { createBudgets, type Budgets } from './budgets.ts';
export { countHuman } from './count-human.ts';
export { whyCustomer } from '../why/why.ts';
export { liftKillSwitch, setKillSwitch } from './kill-switches.ts';
export type { ReserveAsk } from './reserve.ts';
