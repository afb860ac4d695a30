/** Whether what was said is for some people only, who they are, and who has read it. */
import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { Choose } from '../shell/choose.tsx';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { at, useAgents, useConfidence, useReadings } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

type Asks = 'mark' | 'end' | 'let in' | null;

export function Confidence({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const told = useConfidence(customerId);
  const [asks, setAsks] = useState<Asks>(null);
  if (!told) return null;
  const { confidence } = told;
  const close = (): void => setAsks(null);
  const people = confidence?.people.map(({ agent }) => agent) ?? [];
  const isInside = me.role === 'lead' || people.includes(me.name);
  const mayMark = me.scopes.includes('tasks:write');
  const { person } = words;
  const act = (says: string, method: 'PUT' | 'POST', what: string, body: object): void => {
    close();
    void doing.act({ says, go: () => ask(at(customerId, `/confidence${what}`), { method, body }) });
  };
  return (
    <Part title={person.confidence} isLoud={confidence !== null}>
      {confidence === null ? (
        <Quiet>{person.confidenceNone}</Quiet>
      ) : (
        <>
          <p className={classes['said']}>{confidence.reason}</p>
          <p>
            {person.people}: {people.join(', ')}
          </p>
        </>
      )}
      {mayMark && (confidence === null || isInside) && (
        <div className={classes['acts']}>
          {confidence === null && (
            <Button size="xs" variant="default" onClick={() => setAsks('mark')}>
              {person.confidenceSet}
            </Button>
          )}
          {confidence !== null && (
            <>
              <Button size="xs" variant="default" onClick={() => setAsks('let in')}>
                {person.letIn}
              </Button>
              <Button size="xs" variant="default" onClick={() => setAsks('end')}>
                {person.confidenceEnd}
              </Button>
            </>
          )}
        </div>
      )}
      {confidence !== null && isInside && <Readings customerId={customerId} />}
      {asks === 'mark' && (
        <WhyDialog
          title={person.confidenceSet}
          lead={person.confidenceMeans}
          label={person.confidenceWhy}
          go={person.confidenceSet}
          onGo={(reason) => act(person.confidenceIsSet, 'PUT', '', { reason })}
          onClose={close}
        />
      )}
      {asks === 'end' && (
        <WhyDialog
          title={person.confidenceEnd}
          label={person.confidenceWhy}
          go={person.confidenceEnd}
          onGo={(why) => act(person.confidenceEnded, 'POST', '/end', { why })}
          onClose={close}
        />
      )}
      {asks === 'let in' && (
        <LetIn
          inside={people}
          onGo={(who, reason) => act(person.letInDone(who), 'PUT', `/people/${encodeURIComponent(who)}`, { reason })}
          onClose={close}
        />
      )}
    </Part>
  );
}

interface LetInProps {
  readonly inside: readonly string[];
  readonly onGo: (who: string, reason: string) => void;
  readonly onClose: () => void;
}

function LetIn({ inside, onGo, onClose }: LetInProps): ReactElement {
  const { person } = useWords();
  const me = useMe();
  const [chosen, setChosen] = useState('');
  // A lead may let themselves in, which is kept like any other.
  const known = [...(useAgents(undefined) ?? []).map(({ name }) => name), me.name];
  const others = [...new Set(known)].filter((name) => !inside.includes(name)).sort();
  const who = chosen || (others[0] ?? '');
  return (
    <WhyDialog
      title={person.letIn}
      label={person.letInWhy}
      go={person.letIn}
      isReady={who !== ''}
      onGo={(reason) => onGo(who, reason)}
      onClose={onClose}
    >
      <Choose
        label={person.letInWho}
        of={others.map((name) => ({ value: name, says: name }))}
        chosen={who}
        onChoose={setChosen}
        autoFocus
      />
    </WhyDialog>
  );
}

function Readings({ customerId }: { readonly customerId: string }): ReactElement | null {
  const { person } = useWords();
  const all = useReadings(customerId);
  const { say } = useMoments();
  if (!all || all.length === 0) return null;
  return (
    <details>
      <summary>{person.readings}</summary>
      <ul className={classes['rows']}>
        {all.map(({ reader, wasLet, at: from, until, times }) => (
          <li key={`${reader} ${from}`}>
            <span>
              {person.reading(reader, times)}{' '}
              {!wasLet && <span className={classes['chip']}>{person.readingRefused}</span>}
            </span>
            <time className={classes['end']} dateTime={until}>
              {say(until)}
            </time>
          </li>
        ))}
      </ul>
    </details>
  );
}
