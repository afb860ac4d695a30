/** What others may use of the budget's store. */
export { createBudgets, type Budgets, type BudgetsOptions } from './budgets.ts';
export { changeGates } from './change-gates.ts';
export { countHuman, type HumanTouch } from './count-human.ts';
export { whyCustomer, type TouchTold, type AskTold } from './explain.ts';
export type { FenceAsk, Fenced } from './fence.ts';
export { killSwitches, liftKillSwitch, setKillSwitch, type KillScope, type KillSwitch } from './kill-switches.ts';
export type { ReserveAnswer, ReserveAsk } from './reserve.ts';
export type { Named, OnSettled, Receipt, ReceiptStatus, ReceiptTaken, SettledTouch } from './resolve.ts';
export type { SendOutcome, Settled } from './settle.ts';
export type { TouchAbout } from './touch.ts';
