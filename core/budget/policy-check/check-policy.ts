/**
 * A policy held against itself: what says something and means nothing, or less than it says. Each finding names the rule, the
 * figures that show it, and what to write instead.
 */
import { policyFaults, readPolicy, readWindowSpan, type ReadPolicy } from '../read-policy.ts';
import type { Policy } from '../policy.ts';
import { contradiction, doubt, type PolicyFinding } from './finding.ts';
import { keepFindings } from './keep.ts';
import { kindsOf, type PricedKind } from './kinds.ts';
import { mostByAll } from './most.ts';
import { nameFindings, type Known } from './names.ts';
import { quietFindings } from './quiet.ts';
import { inSpan } from './say.ts';
import { softCapFindings } from './soft-caps.ts';
import { spacingFindings } from './spacing.ts';
import { windowFindings } from './windows.ts';

/** Everything at once; a policy that cannot be read at all is for its reader to refuse. */
export function checkPolicy(policy: Policy, known: Known): readonly PolicyFinding[] {
  const plain = [...nameFindings(policy, known), ...quietFindings(policy, known.purposes)];
  const unreadable = policyFaults(policy);
  // What cannot be read is mended first: nothing more can be said of it. A contradiction among the plain findings may be the same fault, in better words.
  if (unreadable.length > 0)
    return plain.some(({ isContradiction }) => isContradiction)
      ? plain
      : [...plain, ...unreadable.map((fault) => contradiction('policy', `${fault}.`, 'Write that.'))];
  const read = readPolicy(policy, 0);
  const kinds = kindsOf(read, known.purposes);
  return [
    ...plain,
    ...windowFindings(read, kinds),
    ...keepFindings(read, kinds),
    ...softCapFindings(read, kinds),
    ...spacingFindings(read, kinds),
    ...lessFindings(read, kinds),
    ...unknownOutcomeFindings(policy),
  ];
}

/** Whoever names some channels has thought of the others. */
const unknownOutcomeFindings = ({ unknownIsSentAfter }: Policy): readonly PolicyFinding[] =>
  unknownIsSentAfter === undefined
    ? [
        doubt(
          'unknownIsSentAfter',
          'Nothing says when a touch counts as sent of which nobody knows whether it went out: where neither a receipt nor a look-up tells, it stays unknown for good.',
          "State it: unknownIsSentAfter: '3 days', or a time for each channel whose provider tells nothing.",
        ),
      ]
    : [];

/** "Less, please" must be less than what is allowed anyway. */
function lessFindings({ windows, less }: ReadPolicy, kinds: readonly PricedKind[]): readonly PolicyFinding[] {
  const held = kinds.filter(({ purpose }) => purpose !== 'service');
  const span = readWindowSpan(less.in);
  const most = held.length === 0 || span === null ? Infinity : mostByAll(windows, held, span);
  if (most === 0 || less.atMost < most) return [];
  return [
    doubt(
      'less',
      `'less' allows ${String(less.atMost)} in ${inSpan(less.in)}, and the windows let no more than ${String(most)} through in that time.`,
      `Allow less than ${String(most)}.`,
    ),
  ];
}
