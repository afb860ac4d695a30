/** For each channel and purpose there must be an hour of the week in which something may be sent. */
import { quietFaults, quietUntil, readQuiet } from '../../calendar/quiet.ts';
import { channels } from '../../journey/channels.ts';
import type { Policy } from '../policy.ts';
import { contradiction, type PolicyFinding } from './finding.ts';

export function quietFindings({ quiet }: Policy, purposes: readonly string[]): readonly PolicyFinding[] {
  const wrong = quiet.flatMap(quietFaults);
  if (wrong.length > 0)
    return wrong.map((problem) =>
      contradiction('quiet', `${problem}.`, "Quiet hours read like { from: '21:00', to: '08:00' }."),
    );
  return channels.flatMap((channel) =>
    purposes.flatMap((purpose) => {
      const about = quiet.filter(
        (rule) => (rule.channels ?? [channel]).includes(channel) && (rule.purposes ?? [purpose]).includes(purpose),
      );
      // From a fixed Monday, on a clock without changes: the hours of a week do not depend on where or when.
      const never = quietUntil(about.map(readQuiet), ['Etc/UTC'], Date.UTC(2024, 0, 1))?.until === 'never';
      return never
        ? [
            contradiction(
              'quiet',
              `Quiet hours leave no hour of the week for ${purpose} by ${channel}.`,
              'Let one of them begin later or end sooner, or name the channels it is about.',
            ),
          ]
        : [];
    }),
  );
}
