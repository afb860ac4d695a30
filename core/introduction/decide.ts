/**
 * Whether somebody of us is introduced before they make contact. Once for the pair, and after that not again; if another person comes
 * instead, that is corrected before contact, and never twice. Pure.
 */
export interface Introducing {
  /** Who is about to make contact. */
  readonly agent: string;
  readonly taskId: string;
  /** What customers were told before, or are about to be told; the earliest first. */
  readonly before: readonly Introduced[];
  /** Sensitive facts that hold for this customer. */
  readonly guards: readonly string[];
  readonly isCustomerWilling: boolean;
  readonly isAgentWilling: boolean;
  /** They approved of showing at least their name. */
  readonly hasName: boolean;
  readonly isPolicyWilling: boolean;
}
export interface Introduced {
  readonly agent: string;
  readonly taskId: string;
  readonly kind: 'introduction' | 'correction';
  /** Somebody of us has been in contact since. */
  readonly isContactMade: boolean;
}
export type Introduction =
  | { readonly is: 'introduction' }
  | { readonly is: 'correction'; readonly insteadOf: string }
  | { readonly is: 'none'; readonly because: string };

export function decideIntroduction(asked: Introducing): Introduction {
  const { agent, taskId, before } = asked;
  const because = hindrance(asked);
  if (because !== null) return { is: 'none', because };
  // They expect somebody: what was announced for this conversation and has not happened yet.
  const expected = before.findLast((each) => each.taskId === taskId && !each.isContactMade);
  if (expected && expected.agent !== agent)
    return expected.kind === 'correction'
      ? { is: 'none', because: `it was corrected once already, to ${expected.agent}` }
      : { is: 'correction', insteadOf: expected.agent };
  if (before.some((each) => each.agent === agent))
    return { is: 'none', because: `they were told of ${agent} before: once is enough` };
  return { is: 'introduction' };
}

function hindrance({
  agent,
  guards,
  isPolicyWilling,
  isCustomerWilling,
  isAgentWilling,
  hasName,
}: Introducing): string | null {
  if (!isPolicyWilling) return 'the policy wants no introductions';
  if (guards.length > 0) return `a guard holds: ${guards.join(', ')}`;
  if (!isCustomerWilling) return 'the customer wants none';
  if (!isAgentWilling) return `${agent} wants none`;
  if (!hasName) return `${agent} has not approved of showing a name`;
  return null;
}
