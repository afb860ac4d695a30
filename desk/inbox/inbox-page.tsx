/** Whom to help next and why, at the left; at the right who that is and what was said. */
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useLocation, useParams } from 'wouter';
import { useKeys } from '../shell/keys.ts';
import { TaskPage } from '../task/task-page.tsx';
import { useWords } from '../words/use-words.tsx';
import { InboxList } from './inbox-list.tsx';
import { useFilters, useInbox, views, type Filters, type Inbox } from './use-inbox.ts';
import classes from './inbox.module.css';

export function InboxPage(): ReactElement {
  const words = useWords();
  const { task: named } = useParams<{ task?: string }>();
  const [, go] = useLocation();
  const filters = useFilters();
  const inbox = useInbox(filters.view, filters.words);
  const { tasks } = inbox;
  const search = useRef<HTMLInputElement>(null);
  const chosen = tasks.findIndex((task) => words.task.name(task.number) === named || task.id === named);
  const hrefOf = (index: number): string => `/tasks/${words.task.name(tasks[index]?.number ?? 0)}${filters.kept}`;
  const open = (index: number): void => {
    if (tasks[index]) go(hrefOf(index), { replace: named !== undefined });
  };
  // Without a choice the first one is shown: whom to help next is seen at once.
  const shown = named ?? (tasks[0] && words.task.name(tasks[0].number));
  useKeys({
    j: () => open(named === undefined ? 0 : Math.min(chosen + 1, tasks.length - 1)),
    k: () => open(Math.max(chosen - 1, 0)),
    Enter: () => open(Math.max(chosen, 0)),
    Escape: () => go(`/inbox${filters.kept}`),
    '/': () => search.current?.focus(),
    ...Object.fromEntries(views.map((view, i) => [String(i + 1), () => filters.show(view)])),
  });
  return (
    <div className={classes['page']} data-has-task={named !== undefined}>
      <h1 id="inbox-title" className="unseen">
        {words.inbox.title}
      </h1>
      <section className={classes['inbox']} aria-labelledby="inbox-title">
        <Views filters={filters} counts={inbox.counts} />
        <Search filters={filters} field={search} />
        {inbox.isAway && <p className={classes['empty']}>{words.unreachable}</p>}
        {inbox.isLoading && <p className={classes['empty']}>{words.loading}</p>}
        {!inbox.isLoading && tasks.length === 0 && !inbox.isAway && (
          <p className={classes['empty']}>
            {filters.words === '' ? words.inbox.none[filters.view] : words.inbox.noneFound(filters.words)}
          </p>
        )}
        {tasks.length > 0 && (
          <InboxList
            inbox={inbox}
            chosen={chosen}
            isNext={filters.view === 'next' && filters.words === ''}
            hrefOf={hrefOf}
          />
        )}
      </section>
      <div className={classes['task']}>
        {shown === undefined ? (
          !inbox.isLoading && <p className={classes['empty']}>{words.inbox.none.next}</p>
        ) : (
          <TaskPage
            key={shown}
            called={shown}
            standing={tasks.find((task) => words.task.name(task.number) === shown)}
            backTo={`/inbox${filters.kept}`}
          />
        )}
      </div>
    </div>
  );
}

function Views({ filters, counts }: { readonly filters: Filters; readonly counts: Inbox['counts'] }): ReactElement {
  const words = useWords();
  return (
    <div className={classes['views']} role="group" aria-label={words.inbox.title}>
      {views.map((view) => (
        <button key={view} type="button" aria-pressed={view === filters.view} onClick={() => filters.show(view)}>
          {words.inbox.views[view]} {counts !== null && <span className={classes['count']}>{counts[view]}</span>}
        </button>
      ))}
    </div>
  );
}

const settleMs = 200;

function Search({
  filters,
  field,
}: {
  readonly filters: Filters;
  readonly field: React.RefObject<HTMLInputElement | null>;
}): ReactElement {
  const words = useWords();
  const [said, setSaid] = useState(filters.words);
  useEffect(() => {
    const wanted = said.trim();
    if (wanted === filters.words) return;
    const timer = setTimeout(() => filters.search(wanted), settleMs);
    return () => clearTimeout(timer);
  }, [said, filters]);
  return (
    <TextInput
      ref={field}
      type="search"
      className={classes['search'] ?? ''}
      aria-label={words.inbox.search}
      placeholder={`${words.inbox.search}  ( / )`}
      value={said}
      maxLength={100}
      onChange={(event) => setSaid(event.currentTarget.value)}
    />
  );
}
