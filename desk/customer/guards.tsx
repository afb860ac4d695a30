/** Guards of this customer: set and lifted here; those of the area where they are can only be seen. */
import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { Choose } from '../shell/choose.tsx';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { When } from '../shell/when.tsx';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { at, useDeskWords, useGuards } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

export function Guards({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const guards = useGuards(customerId);
  const { say } = useMoments();
  const [isSetting, setSetting] = useState(false);
  if (!guards) return null;
  const mayWrite = me.scopes.includes('guards:write');
  const lift = (fact: string): void =>
    void doing.act({
      says: words.person.guardLifted(fact),
      go: () => ask(at(customerId, `/guards/${fact}`), { method: 'DELETE' }),
    });
  return (
    <Part title={words.person.guards}>
      {guards.items.length + guards.ofAreas.length === 0 && <Quiet>{words.person.guardNone}</Quiet>}
      <ul className={classes['rows']}>
        {guards.items.map((guard) => (
          <li key={guard.fact}>
            <strong>{guard.fact}</strong>
            {mayWrite && (
              <button type="button" className={classes['link']} onClick={() => lift(guard.fact)}>
                {words.person.guardLift} <span className="unseen">{guard.fact}</span>
              </button>
            )}
            <p className={classes['said']}>{guard.reason}</p>
            <p className={classes['quiet']}>
              {words.person.guardBy(guard.actor, say(guard.at))} · {words.person.reviewOn(say(guard.reviewAt))}
            </p>
          </li>
        ))}
        {guards.ofAreas.map((guard) => (
          <li key={guard.id}>
            <strong>{guard.fact}</strong>
            <span className={classes['end']}>{words.person.guardOfArea(guard.areas.join(', '))}</span>
            <p className={classes['said']}>{guard.reason}</p>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div className={classes['acts']}>
          <Button size="xs" variant="default" onClick={() => setSetting(true)}>
            {words.person.guardSet}
          </Button>
        </div>
      )}
      {isSetting && <SetGuard customerId={customerId} onClose={() => setSetting(false)} />}
    </Part>
  );
}

interface SetGuardProps {
  readonly customerId: string;
  readonly onClose: () => void;
}

function SetGuard({ customerId, onClose }: SetGuardProps): ReactElement {
  const words = useWords();
  const doing = useDoing();
  const known = useDeskWords()?.guards ?? [];
  const [said, setSaid] = useState('');
  const [reviewAt, setReviewAt] = useState<number | null>(null);
  const fact = said || (known[0]?.fact ?? '');
  const set = async (reason: string): Promise<void> => {
    onClose();
    let flying = 0;
    const isDone = await doing.act({
      says: words.person.guardIsSet(fact, 0),
      go: async () => {
        const body = { fact, reason, customers: [customerId], reviewAt: new Date(reviewAt ?? 0).toISOString() };
        const { inFlight } = await ask<{ readonly inFlight: readonly unknown[] }>('/v1/guards', {
          method: 'POST',
          body,
        });
        flying = inFlight.length;
      },
      back: () => ask(at(customerId, `/guards/${fact}`), { method: 'DELETE' }),
    });
    if (isDone && flying > 0) doing.tell(words.person.guardIsSet(fact, flying));
  };
  return (
    <WhyDialog
      title={words.person.guardSet}
      label={words.person.guardReason}
      go={words.person.guardSet}
      isReady={fact !== '' && reviewAt !== null}
      onGo={(reason) => void set(reason)}
      onClose={onClose}
    >
      {known.length === 0 ? (
        <p>{words.person.guardNoWords}</p>
      ) : (
        <Choose
          label={words.person.guardFact}
          of={known.map((guard) => ({ value: guard.fact, says: guard.fact }))}
          chosen={fact}
          onChoose={setSaid}
          autoFocus
        />
      )}
      <When label={words.person.guardReview} chosen={reviewAt} onChoose={setReviewAt} />
    </WhyDialog>
  );
}
