/** How an answer looks when it arrives, where it goes and what it costs, before it is sent. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Preview } from '../answers.ts';
import { ask } from '../ask.ts';
import { useWords } from '../words/use-words.tsx';
import classes from './task.module.css';

const settleMs = 400;

/** Undefined while it is asked for, and where it cannot be told. */
export function usePreview(taskId: string, channel: string | undefined, text: string): Preview | undefined {
  // Only of texts does it matter how long they are.
  const [counted] = useDebouncedValue(channel === 'sms' ? text.trim() : '', settleMs);
  return useQuery({
    queryKey: ['task', taskId, 'preview', channel, counted],
    queryFn: ({ signal }) =>
      ask<Preview>(`/v1/tasks/${taskId}/answer/preview`, {
        method: 'POST',
        body: { channel, text: counted },
        signal,
      }),
    enabled: channel !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  }).data;
}

export function ReplyPreview({ preview, text }: { readonly preview: Preview; readonly text: string }): ReactElement {
  const { page } = useWords();
  const { cost, segments, counts, address, subject, warnings } = preview;
  const costs = [page.costs(cost), ...(segments === null ? [] : [page.segments(segments)])];
  const [fullest] = counts.toSorted((a, b) => b.used / b.atMost - a.used / a.atMost);
  if (fullest && cost > 0) costs.push(page.counts(fullest.window, fullest.used, fullest.atMost, cost));
  return (
    <details className={classes['preview']} data-warns={warnings.length > 0}>
      <summary>
        {warnings.length > 0 && <strong>{page.warnedShort(warnings.length)}</strong>} {costs.join(' · ')}
      </summary>
      <div className={classes['sheet']} role="region" aria-label={page.preview}>
        <p className={classes['meta']}>{page.previewTo(address)}</p>
        {subject !== null && <p className={classes['subject']}>{subject}</p>}
        <p className={classes['body']}>{text}</p>
      </div>
    </details>
  );
}
