/** Which journeys they are on; each can be paused or stopped for this one customer. */
import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { TheirJourney } from '../answers.ts';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { When } from '../shell/when.tsx';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { at, useJourneys } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

interface Asking {
  readonly what: 'pause' | 'stop';
  readonly journey: string;
}

export function Journeys({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const doing = useDoing();
  const all = useJourneys(customerId);
  const [asking, setAsking] = useState<Asking | null>(null);
  if (!all) return null;
  const goOn = (journey: string): Promise<unknown> =>
    ask(at(customerId, `/journeys/${journey}/stop`), { method: 'DELETE' });
  const stop = (reason: string, until: number | null): void => {
    if (!asking) return;
    const { what, journey } = asking;
    setAsking(null);
    const body = { reason, ...(until !== null && { until: new Date(until).toISOString() }) };
    void doing.act({
      says: what === 'pause' ? words.person.journeyIsPaused(journey) : words.person.journeyIsStopped(journey),
      go: () => ask(at(customerId, `/journeys/${journey}/stop`), { method: 'PUT', body, keepalive: true }),
      // A run that has ended cannot be brought back, so a stop waits for a moment instead.
      ...(what === 'pause' ? { back: () => goOn(journey) } : { late: true }),
    });
  };
  return (
    <Part title={words.person.journeys}>
      {all.length === 0 && <Quiet>{words.person.journeysNone}</Quiet>}
      <ul className={classes['rows']}>
        {all.map((one) => (
          <Journey
            key={one.journey}
            of={one}
            onAsk={(what) => setAsking({ what, journey: one.journey })}
            onGoOn={() =>
              void doing.act({ says: words.person.journeyGoesOn(one.journey), go: () => goOn(one.journey) })
            }
          />
        ))}
      </ul>
      {asking && <AskStop asking={asking} onGo={stop} onClose={() => setAsking(null)} />}
    </Part>
  );
}

interface JourneyProps {
  readonly of: TheirJourney;
  readonly onAsk: (what: Asking['what']) => void;
  readonly onGoOn: () => void;
}

function Journey({ of: { journey, story, runs, stop }, onAsk, onGoOn }: JourneyProps): ReactElement {
  const { person } = useWords();
  const me = useMe();
  const { say } = useMoments();
  const steps = [...new Set(runs.flatMap(({ step }) => (step === null ? [] : [person.journeyRuns(step)])))];
  return (
    <li>
      <strong>{journey}</strong>
      {steps.length > 0 && <span className={classes['end']}>{steps.join(', ')}</span>}
      {story !== null && <p className={classes['quiet']}>{story}</p>}
      {stop && (
        <p className={classes['said']}>
          <span className={classes['chip']}>
            {stop.until === null
              ? person.journeyStopped(stop.actor)
              : person.journeyPaused(stop.actor, say(stop.until))}
          </span>{' '}
          {stop.reason}
        </p>
      )}
      {me.scopes.includes('tasks:write') && (
        <div className={classes['acts']}>
          {stop ? (
            <Button size="xs" variant="default" onClick={onGoOn}>
              {person.journeyResume} <span className="unseen">{journey}</span>
            </Button>
          ) : (
            <Button size="xs" variant="default" onClick={() => onAsk('pause')}>
              {person.journeyPause} <span className="unseen">{journey}</span>
            </Button>
          )}
          {stop?.until !== null && (
            <Button size="xs" variant="default" onClick={() => onAsk('stop')}>
              {person.journeyStop} <span className="unseen">{journey}</span>
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

interface AskStopProps {
  readonly asking: Asking;
  readonly onGo: (reason: string, until: number | null) => void;
  readonly onClose: () => void;
}

function AskStop({ asking: { what, journey }, onGo, onClose }: AskStopProps): ReactElement {
  const { person } = useWords();
  const [until, setUntil] = useState<number | null>(null);
  const isPause = what === 'pause';
  return (
    <WhyDialog
      title={isPause ? person.journeyPauseTitle(journey) : person.journeyStopTitle(journey)}
      lead={isPause ? person.journeyPauseMeans : person.journeyStopMeans}
      label={person.journeyReason}
      go={isPause ? person.journeyPause : person.journeyStop}
      isReady={!isPause || until !== null}
      onGo={(reason) => onGo(reason, until)}
      onClose={onClose}
    >
      {isPause && <When label={person.journeyPause} chosen={until} onChoose={setUntil} />}
    </WhyDialog>
  );
}
