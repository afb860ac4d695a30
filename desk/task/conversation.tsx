/** The whole conversation over all channels, the newest at the end, where one writes. Texts of customers are text: never anything else. */
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import type { Message, WhyLine } from '../answers.ts';
import { Refused } from '../ask.ts';
import { useNow } from '../clock.ts';
import { useConfidence } from '../customer/queries.ts';
import { StepTaps } from '../field/step-taps.tsx';
import { useLanguage, useWords } from '../words/use-words.tsx';
import { differs, momentOf, ownZone, useZone } from '../zones.ts';
import { timeline } from './timeline.ts';
import { useMessages, useWhy } from './use-task.ts';
import classes from './task.module.css';

interface ConversationProps {
  readonly customerId: string;
  readonly name: string;
  readonly zoneName: string | null;
}

export function Conversation({ customerId, name, zoneName }: ConversationProps): ReactElement {
  const words = useWords();
  const messages = useMessages(customerId);
  const lines = useWhy(customerId, useLanguage());
  const end = useRef<HTMLDivElement>(null);
  const all = messages.data?.pages.flatMap((page) => page.items) ?? [];
  const newest = all[0]?.id;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [newest, lines.isSuccess]);
  if (messages.error instanceof Refused && messages.error.code === 'confidential')
    return <Confidential customerId={customerId} />;
  const moments = timeline(all, lines.data ?? [], !messages.hasNextPage);
  return (
    <section className={classes['conversation']} aria-label={words.conversation.title} tabIndex={0}>
      {messages.hasNextPage && (
        <button type="button" className={classes['earlier']} onClick={() => void messages.fetchNextPage()}>
          {words.conversation.earlier}
        </button>
      )}
      {messages.isSuccess && moments.length === 0 && <p className={classes['quiet']}>{words.conversation.none}</p>}
      <ol>
        {moments.map((moment) =>
          moment.is === 'message' ? (
            <Said key={moment.message.id} message={moment.message} name={name} zoneName={zoneName}>
              {moment.why && <StepTaps customerId={customerId} line={moment.why} />}
            </Said>
          ) : (
            <NotMade
              key={`${moment.why.touchId ?? ''} ${moment.why.at} ${moment.why.about ?? ''}`}
              line={moment.why}
              zoneName={zoneName}
            >
              <StepTaps customerId={customerId} line={moment.why} />
            </NotMade>
          ),
        )}
      </ol>
      <div ref={end} />
    </section>
  );
}

/** It is not theirs to read: whom they can ask. */
function Confidential({ customerId }: { readonly customerId: string }): ReactElement {
  const { page } = useWords();
  const people = useConfidence(customerId)?.confidence?.people ?? [];
  return (
    <section className={classes['conversation']} aria-label={page.confidential}>
      <p className={classes['closed']}>{page.confidentialOut(people.map(({ agent }) => agent).join(', '))}</p>
    </section>
  );
}

function Said({
  message,
  name,
  zoneName,
  children,
}: {
  readonly message: Message;
  readonly name: string;
  readonly zoneName: string | null;
  readonly children: ReactNode;
}): ReactElement {
  const { conversation, channels } = useWords();
  const { direction, author, channel, subject, body, kind, at } = message;
  const who = author === 'customer' ? name : author === 'tech' ? conversation.machine : author;
  const about = [channels[channel] ?? channel, conversation.kinds[kind]].filter(Boolean).join(', ');
  return (
    <li
      className={direction === 'in' ? classes['theirs'] : classes['ours']}
      data-by={kind === 'note' ? 'note' : author === 'tech' ? 'machine' : 'person'}
    >
      <p className={classes['meta']}>
        <strong>{who}</strong> <span>{about}</span> <When at={Date.parse(at)} zoneName={zoneName} />
      </p>
      {subject !== null && direction === 'in' && <p className={classes['subject']}>{subject}</p>}
      <p className={classes['body']}>{body}</p>
      {children}
    </li>
  );
}

function NotMade({
  line,
  zoneName,
  children,
}: {
  readonly line: WhyLine;
  readonly zoneName: string | null;
  readonly children: ReactNode;
}): ReactElement {
  const { conversation } = useWords();
  return (
    <li className={classes['notMade']}>
      <p>
        <strong>{line.state === 'deferred' ? conversation.waits : conversation.notMade}</strong> {line.about}{' '}
        <When at={Date.parse(line.at)} zoneName={zoneName} />
      </p>
      <p>{line.says}</p>
      {children}
    </li>
  );
}

/** In the reader's zone, with the customer's beside it where clocks differ. */
function When({ at, zoneName }: { readonly at: number; readonly zoneName: string | null }): ReactElement {
  const words = useWords();
  const now = useNow(60_000);
  const here = useZone(ownZone());
  const there = useZone(zoneName);
  return (
    <time dateTime={new Date(at).toISOString()}>
      {momentOf(at, here, now, words)}
      {differs(at, here, there) && ` · ${words.customer.there(momentOf(at, there, now, words))}`}
    </time>
  );
}
