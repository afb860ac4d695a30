/** The inbox in pages, as far as somebody has scrolled; and the filters, which live in the address. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import type { InboxPage, InboxTask } from '../answers.ts';
import { ask } from '../ask.ts';
import { learnNow } from '../clock.ts';

export const views = ['next', 'mine', 'team', 'climbing', 'snoozed'] as const;
export type View = (typeof views)[number];

export interface Filters {
  readonly view: View;
  readonly words: string;
  /** For links that keep them: '?view=team', or nothing. */
  readonly kept: string;
  show(view: View): void;
  search(words: string): void;
}

export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();
  const said = params.get('view');
  const view = views.find((one) => one === said) ?? 'next';
  const words = params.get('words') ?? '';
  const kept = params.toString();
  const set = (next: View, search: string): void =>
    setParams(
      () => new URLSearchParams({ ...(next !== 'next' && { view: next }), ...(search !== '' && { words: search }) }),
      { replace: true },
    );
  return {
    view,
    words,
    kept: kept && `?${kept}`,
    show: (next) => set(next, words),
    search: (search) => set(view, search),
  };
}

const pageSize = 100;

export interface Inbox {
  readonly tasks: readonly InboxTask[];
  readonly counts: InboxPage['counts'];
  /** How many there are, also those not yet asked for. */
  readonly total: number;
  readonly isLoading: boolean;
  readonly isAway: boolean;
  more(): void;
}

export function useInbox(view: View, words: string): Inbox {
  const { data, isPending, isError, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['inbox', view, words],
    queryFn: async ({ pageParam, signal }) => {
      const query = { view, limit: pageSize, ...(words && { words }), ...(pageParam && { after: pageParam }) };
      const page = await ask<InboxPage>('/v1/inbox', { query, signal });
      learnNow(page.now);
      return page;
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    // What live updates miss, such as a deadline that passes, is seen within half a minute.
    refetchInterval: 30_000,
  });
  const tasks = data?.pages.flatMap((page) => page.items) ?? [];
  const counts = data?.pages[0]?.counts ?? null;
  return {
    tasks,
    counts,
    total: hasNextPage && words === '' ? Math.max(counts?.[view] ?? 0, tasks.length) : tasks.length,
    isLoading: isPending,
    isAway: isError,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}
