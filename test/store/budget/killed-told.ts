/** What a process that takes touches all the way is told (`sending-process.ts`). */

/** In the order in which a touch comes by; at 'handed over' it is the provider that has it killed. */
export const places = ['asked', 'reserved', 'fenced', 'handed over', 'answered', 'recorded', 'settled'] as const;
export type Place = (typeof places)[number];

export interface Told {
  readonly url: string;
  readonly schema: string;
  /** Unique among all processes: no two attempts are one. */
  readonly life: string;
  readonly provider: { readonly keyed: string } | { readonly smtp: number };
  readonly touches: readonly { readonly id: string; readonly customer: string }[];
  /** Null: it lives. `after`: as many touches come by there before. */
  readonly dies: { readonly at: Place; readonly after: number } | null;
  /** Of so many touches it only takes the places: every fourth of them is fenced, none sent. Then it dies. */
  readonly onlyReserves?: true;
}
