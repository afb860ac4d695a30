/** The list itself: only what is seen is drawn, and further pages are asked for as somebody comes near them. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactElement } from 'react';
import { useNow } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { InboxRow } from './inbox-row.tsx';
import type { Inbox } from './use-inbox.ts';
import classes from './inbox.module.css';

interface InboxListProps {
  readonly inbox: Inbox;
  /** Its index; -1: none. */
  readonly chosen: number;
  readonly isNext: boolean;
  readonly hrefOf: (index: number) => string;
}

const rowHeight = 86;
const firstHeight = 108;

export function InboxList({ inbox, chosen, isNext, hrefOf }: InboxListProps): ReactElement {
  const words = useWords();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const { tasks, total } = inbox;
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === 0 && isNext ? firstHeight : rowHeight),
    overscan: 8,
    getItemKey: (index) => tasks[index]?.id ?? index,
  });
  const items = rows.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen >= tasks.length - 20) inbox.more();
  }, [lastSeen, tasks.length, inbox]);
  useEffect(() => {
    if (chosen >= 0) rows.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen, rows]);
  return (
    <div ref={scroller} className={classes['scroller']} tabIndex={0} role="region" aria-label={words.inbox.list}>
      <ol className={classes['list']} style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, key, start, size }) => {
          const task = tasks[index];
          return (
            <li
              key={key}
              aria-setsize={total}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              {task && (
                <InboxRow
                  task={task}
                  isChosen={index === chosen}
                  isFirst={isNext && index === 0}
                  now={now}
                  href={hrefOf(index)}
                />
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
