/** What people would change of a journey, each with what it would do; its designer declines here, and accepts where it is written. */
import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { Effect, Proposal } from '../answers.ts';
import { ask } from '../ask.ts';
import { useMoment } from '../journeys/use-moment.ts';
import { useProposals } from '../journeys/use-journeys.ts';
import { useMe } from '../session.tsx';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { EffectView } from './effect-view.tsx';
import classes from './proposals.module.css';

export function Proposals({ journey }: { readonly journey: string }): ReactElement {
  const { proposals: says } = usePageWords();
  const all = useProposals(journey).data;
  return (
    <section>
      <h3>{says.title}</h3>
      {all?.length === 0 && <p className={classes['quiet']}>{says.none}</p>}
      <ul className={classes['list']}>
        {all?.map((one) => (
          <One key={one.number} proposal={one} />
        ))}
      </ul>
    </section>
  );
}

function One({ proposal }: { readonly proposal: Proposal }): ReactElement {
  const { proposals: says } = usePageWords();
  const moment = useMoment();
  const [isOpen, setOpen] = useState(false);
  const { change } = proposal;
  const short = change.is === 'wait' ? `${change.before} → ${change.after}` : `${says.wording} (${change.locale})`;
  const state = says.states[proposal.state];
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <strong>{proposal.name}</strong> {proposal.step}: {short}
        </summary>
        <p>“{proposal.why}”</p>
        {isOpen && <Whole proposal={proposal} />}
      </details>
      <p className={classes['quiet']}>
        {says.by(proposal.by, moment(proposal.at))} · {says.forVersion(proposal.version)} ·{' '}
        {proposal.decidedBy === null ? state : says.decided(state, proposal.decidedBy)}
        {proposal.decidedBecause !== null && `: ${proposal.decidedBecause}`}
      </p>
    </li>
  );
}

function Whole({ proposal }: { readonly proposal: Proposal }): ReactElement {
  const words = useWords();
  const { proposals: says } = usePageWords();
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['proposals', 'one', proposal.number],
    queryFn: ({ signal }) =>
      ask<{ proposal: Proposal; effect: Effect | null }>(`/v1/proposals/${proposal.number}`, { signal }),
  });
  if (!data) return <p>{words.loading}</p>;
  const decides = proposal.state === 'open' && me.scopes.includes('journeys:write');
  return (
    <>
      {data.effect && <EffectView effect={data.effect} />}
      {decides && <p>{says.accept(`righttouch proposals accept ${proposal.name}`)}</p>}
      {decides && <Decline proposal={proposal} />}
    </>
  );
}

function Decline({ proposal }: { readonly proposal: Proposal }): ReactElement {
  const { proposals: says } = usePageWords();
  const doing = useDoing();
  const client = useQueryClient();
  const [because, setBecause] = useState('');
  const decline = async (): Promise<void> => {
    const isDone = await doing.act({
      says: says.declined(proposal.name),
      go: () =>
        ask(`/v1/proposals/${proposal.number}/decision`, {
          method: 'POST',
          body: { as: 'declined', because: because.trim() || null },
        }),
    });
    if (isDone) await client.invalidateQueries({ queryKey: ['proposals'] });
  };
  return (
    <form
      className={classes['decline']}
      onSubmit={(event) => {
        event.preventDefault();
        void decline();
      }}
    >
      <TextInput
        aria-label={says.because}
        placeholder={says.because}
        value={because}
        maxLength={500}
        onChange={(event) => setBecause(event.target.value)}
      />
      <Button type="submit" variant="default">
        {says.decline}
      </Button>
    </form>
  );
}
