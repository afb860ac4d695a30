/** All that is asked about one customer, each part by its own address; live updates make the whole of a customer be asked anew. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  Budget,
  Confidence,
  Consent,
  DeskWords,
  FollowUp,
  Found,
  Given,
  Guards,
  Hold,
  InboxTask,
  OwnLimits,
  Page,
  Promised,
  Reading,
  Suppression,
  TheirJourney,
} from '../answers.ts';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';

export const at = (customerId: string, what = ''): string => `/v1/customers/${encodeURIComponent(customerId)}${what}`;

const slowlyMs = 30_000;

/** `needs`: the scope without which it is not even asked for. */
function usePart<T>(customerId: string, what: string, needs: string, query: Readonly<Record<string, string>> = {}) {
  const isAllowed = useMe().scopes.includes(needs);
  return useQuery({
    queryKey: ['customer', customerId, what, query],
    queryFn: ({ signal }) => ask<T>(at(customerId, `/${what}`), { query, signal }),
    enabled: isAllowed,
    refetchInterval: slowlyMs,
  });
}
interface Items<T> {
  readonly items: readonly T[];
}

export const usePromises = (id: string) => usePart<Items<Promised>>(id, 'promises', 'customers:read').data?.items;
export const useBudget = (id: string): Budget | undefined => {
  const { data } = usePart<Budget>(id, 'budget', 'customers:read');
  return data;
};
export const useGuards = (id: string) => usePart<Guards>(id, 'guards', 'guards:read').data;
export const useGiven = (id: string) => usePart<Items<Given>>(id, 'given', 'conversation:read').data?.items;
export const useFollowUps = (id: string) => usePart<Items<FollowUp>>(id, 'follow-ups', 'tasks:read').data?.items;
export const useJourneys = (id: string) => usePart<Items<TheirJourney>>(id, 'journeys', 'tasks:read').data?.items;
export const useHold = (id: string) => usePart<{ readonly hold: Hold }>(id, 'hold', 'customers:read').data;
export const useConsents = (id: string) => usePart<Items<Consent>>(id, 'consents', 'customers:read').data?.items;
export const useStops = (id: string) => usePart<Items<Suppression>>(id, 'suppressions', 'customers:read').data?.items;
export const useLimits = (id: string) => usePart<OwnLimits>(id, 'limits', 'customers:read').data;
export const useConfidence = (id: string) =>
  usePart<{ readonly confidence: Confidence }>(id, 'confidence', 'tasks:read').data;
export const useReadings = (id: string) => usePart<Page<Reading>>(id, 'readings', 'conversation:read').data?.items;

/** Tasks of this customer that are not done, of those that the reader sees. */
export const useOpenTasks = (customerId: string) => {
  const isAllowed = useMe().scopes.includes('tasks:read');
  return useQuery({
    queryKey: ['customer', customerId, 'tasks'],
    queryFn: ({ signal }) =>
      ask<Items<Pick<InboxTask, 'id' | 'number' | 'team' | 'state' | 'claimedBy'>>>('/v1/tasks', {
        query: { customerId },
        signal,
      }),
    enabled: isAllowed,
  }).data?.items;
};

export const useDeskWords = () =>
  useQuery({
    queryKey: ['desk-words'],
    queryFn: ({ signal }) => ask<DeskWords>('/v1/desk-words', { signal }),
    staleTime: 5 * 60_000,
  }).data;

export const useAgents = (team: string | undefined) =>
  useQuery({
    queryKey: ['agents', team],
    queryFn: ({ signal }) =>
      ask<Items<{ readonly name: string; readonly teams: readonly string[]; readonly onShift: boolean }>>(
        '/v1/agents',
        {
          query: { limit: 200, ...(team !== undefined && { team }) },
          signal,
        },
      ),
  }).data?.items;

export const useFound = (words: string) =>
  useQuery({
    queryKey: ['found', words],
    queryFn: ({ signal }) => ask<Items<Found>>('/v1/customer-search', { query: { words }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
