/** What is found in a policy that says something, and means nothing or less than it says. */
export interface PolicyFinding {
  /** Which rule: "window 'a week'", "spacing of '12 hours'", "quiet", "first". */
  readonly rule: string;
  /** A whole sentence with the figures that show it. */
  readonly problem: string;
  /** A whole sentence that says what to write instead. */
  readonly mend: string;
  /** A plain contradiction is a fault and is not published; anything else is for whoever wrote it to judge. */
  readonly isContradiction: boolean;
}

export const contradiction = (rule: string, problem: string, mend: string): PolicyFinding => ({
  rule,
  problem,
  mend,
  isContradiction: true,
});
export const doubt = (rule: string, problem: string, mend: string): PolicyFinding => ({
  ...contradiction(rule, problem, mend),
  isContradiction: false,
});
