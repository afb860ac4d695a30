import { useQuery } from '@tanstack/react-query';
import type { TeamsPage } from '../answers.ts';
import { ask } from '../ask.ts';
import { learnNow } from '../clock.ts';

export const useTeams = () =>
  useQuery({
    queryKey: ['teams'],
    queryFn: async ({ signal }) => {
      const found = await ask<TeamsPage>('/v1/team-views', { signal });
      learnNow(found.now);
      return found.items;
    },
    refetchInterval: 15_000,
  });
