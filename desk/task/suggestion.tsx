import type { ReactElement } from 'react';
import type { Customer, TaskWhole } from '../answers.ts';
import { minutesBetween, useNow } from '../clock.ts';
import { Part } from '../customer/part.tsx';
import { usePromises } from '../customer/queries.ts';
import { useMe } from '../session.tsx';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/use-words.tsx';
import { nextStep, type NextStep } from './next-step.ts';
import type { Colleague } from './use-presence.ts';
import { waysTo } from './ways-to.ts';

interface SuggestionProps {
  readonly task: TaskWhole;
  readonly customer: Customer;
  readonly colleagues: readonly Colleague[];
}

/** The suggested next step, in a sentence. */
export function Suggestion({ task, customer, colleagues }: SuggestionProps): ReactElement {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  const promises = usePromises(customer.id) ?? [];
  const answers = task.log.flatMap(({ action, at }) => (action === 'answer' ? [Date.parse(at)] : []));
  const due = promises.flatMap(({ state, dueAt }) => (state === 'open' ? [Date.parse(dueAt)] : []));
  const step = nextStep({
    task,
    me: me.name,
    now,
    isAnswered: answers.some((at) => at >= (customer.wroteAt === null ? 0 : Date.parse(customer.wroteAt))),
    ways: waysTo(customer),
    hasPhone: customer.addresses.some(({ channel }) => channel === 'voice' || channel === 'sms'),
    promisedAt: due.length === 0 ? null : Math.min(...due),
    busy: colleagues.filter(({ doing }) => doing !== 'reading').map(({ agent }) => agent),
  });
  return (
    <Part title={words.page.nextTitle}>
      <p>{sayStep(step, words)}</p>
    </Part>
  );
}

function sayStep(step: NextStep, { page: { next }, span, channels }: Words): string {
  const said = (ms: number): string => span(minutesBetween(0, ms));
  switch (step.is) {
    case 'take':
      return next.take;
    case 'theirs':
      return next.theirs(step.by);
    case 'colleague':
      return next.colleague(step.agent);
    case 'answer':
      return next.answer(channels[step.channel] ?? step.channel, said(step.leftMs));
    case 'late':
      return next.late(channels[step.channel] ?? step.channel, said(step.lateMs));
    case 'longer':
      return next.longer(said(step.leftMs));
    case 'call':
      return next.call;
    case 'no-way':
      return next.noWay;
    case 'finish':
      return next.finish;
    case 'asleep':
      return next.asleep(said(step.leftMs));
    case 'done':
      return next.done;
  }
}
