import { useQuery } from '@tanstack/react-query';
import type { Figures } from '../answers.ts';
import { ask } from '../ask.ts';
import { learnNow } from '../clock.ts';

export const shownDays = 28;

/** What is still being counted is asked for again soon. */
export const useFigures = () =>
  useQuery({
    queryKey: ['figures'],
    queryFn: async ({ signal }) => {
      const found = await ask<Figures>('/v1/figures', { query: { days: shownDays }, signal });
      learnNow(found.now);
      return found;
    },
    refetchInterval: ({ state }) => (state.data?.days.some(({ figures }) => figures === null) ? 1_500 : 20_000),
  });
