/** All that the page of a task shows, each part by its own address of the API. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Customer, Message, Page, TaskWhole, WhyLine } from '../answers.ts';
import { ask } from '../ask.ts';

/** By 'T-12' or its id. */
export const useTask = (called: string) =>
  useQuery({
    queryKey: ['task', called],
    queryFn: ({ signal }) => ask<TaskWhole>(`/v1/tasks/${encodeURIComponent(called)}`, { signal }),
  });

const of = (customerId: string, what = ''): string => `/v1/customers/${encodeURIComponent(customerId)}${what}`;

export const useCustomer = (id: string | undefined) =>
  useQuery({
    queryKey: ['customer', id, 'record'],
    queryFn: ({ signal }) => ask<Customer>(of(id ?? ''), { signal }),
    enabled: id !== undefined,
  });

/** Newest page first. */
export const useMessages = (id: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['customer', id, 'conversation'],
    queryFn: ({ pageParam, signal }) =>
      ask<Page<Message>>(of(id ?? '', '/conversation'), {
        query: { limit: 50, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: id !== undefined,
    // What they write to a journey changes no task, and so no live update tells of it.
    refetchInterval: 10_000,
  });

/** Each touch and each that was not made, in the reader's language. */
export const useWhy = (id: string | undefined, language: 'en' | 'de') =>
  useQuery({
    queryKey: ['customer', id, 'why', language],
    queryFn: async ({ signal }) => {
      const query = { limit: 100, for: 'agent', language };
      return (await ask<Page<WhyLine>>(of(id ?? '', '/why'), { query, signal })).items;
    },
    enabled: id !== undefined,
    refetchInterval: 30_000,
  });
