/** One plain English sentence for each decision, for designers and agents. What customers are told names no rule: that is written elsewhere. */
import { monthName, weekdayName } from '../calendar/day-names.ts';
import { wallClock } from '../calendar/zone.ts';
import type { Decision, Explanation } from './decision.ts';

/** 'Tue 24 Nov 2026 08:00 (Europe/Berlin)'; in UTC where the customer's zone is not known. */
export function sayInstant(at: number, zone: string | null): string {
  const w = wallClock(zone ?? 'UTC', at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${weekdayName(w.weekday).slice(0, 3)} ${String(w.day)} ${monthName(w.month)} ${String(w.year)}`;
  return `${day} ${two(w.hour)}:${two(w.minute)} (${zone ?? 'UTC'})`;
}

export function explain(decision: Decision): string {
  const { explanation } = decision;
  if (decision.decided === 'allowed') return sayAllowed(decision);
  const because = sayGate(explanation);
  if (decision.decided === 'suppressed') return `Not sent: ${because}.`;
  const last = explanation.heldLastBy ? `; then held by ${explanation.heldLastBy}` : '';
  return `Deferred until ${sayInstant(decision.until, explanation.zone)}: ${because}${last}.`;
}

function sayAllowed(decision: Extract<Decision, { decided: 'allowed' }>): string {
  const { channel, counters } = decision.explanation;
  const warned = decision.warnings.map(({ gate, rule }) => `${gate} (${rule})`).join(', ');
  const but = warned === '' ? '' : `; to be known: ${warned}`;
  if (decision.already) return `Allowed: it had its place already (${decision.already}).`;
  if (decision.turn) return `Allowed by ${channel}: a turn of the conversation, which costs nothing${but}.`;
  const used = counters.map((c) => `${c.window} ${String(c.used + c.cost)} of ${String(c.atMost)}`).join(', ');
  return `Allowed by ${channel}${used === '' ? '' : `: ${used}`}${but}.`;
}

const sharedNames = { mailbox: 'the mailbox they share', phone: 'the phone they share', account: 'their account' };

function sayGate({ gate, rule = '', channel, purpose, counters, usedBy, over }: Explanation): string {
  const shared = over === undefined ? '' : `, counted over ${sharedNames[over]}`;
  switch (gate) {
    case 'kill switch':
      return `the kill switch is on for ${rule}`;
    case 'suppression':
      return `the customer is suppressed for ${rule}`;
    case 'consent':
      return rule;
    case 'guard':
      return `a guard stands against it: ${rule}`;
    case 'hold':
      return /^(task|held by) /.test(rule) ? `a person has the conversation (${rule})` : rule;
    case 'quiet hours':
      return `quiet hours ${rule} for ${purpose} by ${channel}`;
    case 'windows': {
      const counter = counters.find((c) => c.window === rule);
      const by = usedBy.length === 0 ? '' : ` by ${usedBy.join(', ')}`;
      if (!counter) return `budget '${rule}' is used up`;
      const { used, atMost, cost, span, classes } = counter;
      const about = classes === undefined ? '' : ` of ${classes.map((name) => `'${name}'`).join(' and ')}`;
      const full = used >= atMost ? 'is used up' : `has no room for a cost of ${String(cost)}`;
      return `budget '${rule}'${about} ${full} (${String(used)} of ${String(atMost)} in ${span}${by}${shared})`;
    }
    case 'spacing':
      return `it would come too soon: ${rule}${usedBy[0] === undefined ? '' : `, after ${usedBy[0]}`}${shared}`;
    case 'priority':
      return `others wait for the same place and go first (${usedBy.join(', ')})`;
    case 'channel rate':
      return `${rule} can carry no more just now`;
    case null:
      return 'nothing stands against it';
  }
}
