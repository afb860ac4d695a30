/** One tap on an automated step: whether it helped this customer, came too late, or should not exist. Tapped again, it is taken back. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Voices, WhyLine } from '../answers.ts';
import { useDoing } from '../acts.tsx';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './field.module.css';

const choices = ['helped', 'too-late', 'should-not-exist'] as const;
type Says = (typeof choices)[number];

const pathOf = (customerId: string): string => `/v1/customers/${encodeURIComponent(customerId)}/feedback`;

const useVoices = (customerId: string) =>
  useQuery({
    queryKey: ['customer', customerId, 'feedback'],
    queryFn: ({ signal }) => ask<Voices>(pathOf(customerId), { signal }),
  });

/** Nothing, where it is no step of a journey that a machine made, or nobody may say anything of it. */
export function StepTaps({
  customerId,
  line,
}: {
  readonly customerId: string;
  readonly line: WhyLine;
}): ReactElement | null {
  const { field } = useWords();
  const me = useMe();
  const doing = useDoing();
  const client = useQueryClient();
  const voices = useVoices(customerId).data;
  const { touchId, step } = line;
  if (touchId === null || step === null || !me.scopes.includes('tasks:write')) return null;
  const mine = voices?.items.find((voice) => voice.touchId === touchId && voice.agent === me.name)?.says ?? null;
  const say = (says: Says | null) => async (): Promise<void> => {
    const heard = await ask<Voices>(pathOf(customerId), { method: 'PUT', body: { agent: me.name, touchId, says } });
    client.setQueryData(['customer', customerId, 'feedback'], heard);
  };
  return (
    <div className={classes['taps']} role="group" aria-label={`${field.group} ${step.step}`}>
      {choices.map((says) => (
        <button
          key={says}
          type="button"
          aria-pressed={mine === says}
          onClick={() => void doing.act({ says: field[says], go: say(mine === says ? null : says), back: say(mine) })}
        >
          {field[says]}
        </button>
      ))}
      <Link href={`/journeys/${step.journey}?version=${step.version}&step=${step.step}`}>{field.change}</Link>
    </div>
  );
}
