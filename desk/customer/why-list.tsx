/** Each touch that was made or not, in plain words, the newest first. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Page, WhyLine } from '../answers.ts';
import { ask } from '../ask.ts';
import { useLanguage, useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { at } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

export function WhyList({ customerId }: { readonly customerId: string }): ReactElement {
  const words = useWords();
  const language = useLanguage();
  const { say } = useMoments();
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['customer', customerId, 'why-pages', language],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<WhyLine>>(at(customerId, '/why'), {
        query: { limit: 20, for: 'agent', language, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // What becomes of a touch changes no task, and so no live update tells of it.
    refetchInterval: 5_000,
  });
  const lines = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Part title={words.person.why}>
      {data && lines.length === 0 && <Quiet>{words.person.whyNone}</Quiet>}
      <ol className={classes['rows']}>
        {lines.map((line) => (
          <li key={`${line.touchId ?? ''} ${line.at} ${line.about ?? line.says}`}>
            <strong>{line.about}</strong>
            <time className={classes['end']} dateTime={line.at}>
              {say(line.at)}
            </time>
            <p className={classes['said']}>{line.says}</p>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <button type="button" className={classes['link']} onClick={() => void fetchNextPage()}>
          {words.person.more}
        </button>
      )}
    </Part>
  );
}
