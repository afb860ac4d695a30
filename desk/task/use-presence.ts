/** Says what the reader does with a customer, and hears who else is there: two who type to one person see each other. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask } from '../ask.ts';
import { at } from '../customer/queries.ts';
import { useMe } from '../session.tsx';

export interface Colleague {
  readonly agent: string;
  readonly doing: 'reading' | 'writing' | 'calling';
}

/** It is forgotten after 30 s. */
const againMs = 10_000;

export function usePresence(customerId: string | undefined, doing: Colleague['doing']): readonly Colleague[] {
  const me = useMe();
  const isAllowed = me.scopes.includes('tasks:write');
  const { data } = useQuery({
    queryKey: ['presence', customerId, doing],
    queryFn: ({ signal }) =>
      ask<{ readonly items: readonly Colleague[] }>(at(customerId ?? '', '/presence'), {
        method: 'PUT',
        body: { agent: me.name, doing },
        signal,
      }),
    enabled: customerId !== undefined && isAllowed,
    refetchInterval: againMs,
    staleTime: 0,
    placeholderData: (before) => before,
  });
  useEffect(() => {
    if (customerId === undefined || !isAllowed) return;
    const path = at(customerId, `/presence/${encodeURIComponent(me.name)}`);
    return () => void ask(path, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }, [customerId, isAllowed, me.name]);
  return data?.items ?? [];
}
