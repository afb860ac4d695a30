import type { BudgetRow } from '../budget/row.ts';
import type { Customer, Sim } from './types.ts';

export interface Begun {
  readonly customer: Customer;
  readonly zone: string | null;
  readonly consents: BudgetRow['gates']['consents'];
  readonly now: number;
}

/** Somebody on whom nothing weighs yet. */
export const newSim = ({ customer, zone, consents, now }: Begun): Sim => ({
  now,
  customer,
  row: {
    customerId: customer.id,
    version: 1,
    recent: [],
    waiting: [],
    gates: { consents, suppressions: [], guards: [], hold: null, zone, zonesPlausible: [], own: null, inboundOpen: [] },
  },
  killed: [],
  run: null,
  once: null,
  earlier: [],
  delivered: 0,
  touches: [],
  tasks: [],
  promises: [],
  notes: [],
  asked: null,
  conversation: null,
  systems: {},
  provider: [],
  waits: null,
  story: [],
});
