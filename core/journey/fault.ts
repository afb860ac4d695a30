/** What is wrong with something written, and how to mend it. All faults of a thing are told at once. */
export interface Fault {
  /** Where it was written, if that is known: 'journeys/starter.ts'. */
  readonly file?: string;
  readonly journey?: string;
  readonly step?: string;
  /** A whole sentence that names the thing and its value. */
  readonly problem: string;
  /** A whole sentence that says what to write instead. */
  readonly mend: string;
}

/** "Step 'arrived': no template is called 'inquiry-arived'. Did you mean 'inquiry-arrived'?" */
export const sentence = ({ step, problem, mend }: Fault): string =>
  `${step === undefined ? '' : `Step '${step}': `}${problem} ${mend}`;

/** Thrown where a journey is written, when it is loaded: everything the compiler could not see. */
export class JourneyFaults extends Error {
  readonly code = 'journey-faults';
  readonly journey: string;
  readonly faults: readonly Fault[];

  constructor(journey: string, faults: readonly Fault[]) {
    const count = `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`;
    super(`Journey '${journey}' has ${count}:\n  ${faults.map(sentence).join('\n  ')}`);
    this.name = 'JourneyFaults';
    this.journey = journey;
    this.faults = faults;
  }
}
