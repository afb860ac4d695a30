/** All that the page of journeys shows, each part by its own address of the API. */
import { useQuery } from '@tanstack/react-query';
import type {
  JourneyListed,
  JourneyText,
  JourneyWhole,
  Page,
  Picture,
  PriceTag,
  Proposal,
  Standing,
  StepVoices,
} from '../answers.ts';
import { ask } from '../ask.ts';

export const useJourneys = () =>
  useQuery({
    queryKey: ['journeys'],
    queryFn: async ({ signal }) => (await ask<Page<JourneyListed>>('/v1/journeys', { query: { limit: 200 }, signal })).items,
  });

const of = (name: string, what = ''): string => `/v1/journeys/${encodeURIComponent(name)}${what}`;

export const useJourney = (name: string) =>
  useQuery({
    queryKey: ['journeys', name, 'whole'],
    queryFn: ({ signal }) => ask<JourneyWhole>(of(name), { signal }),
  });

/** Who stands where is what is live about it. */
export const useStanding = (name: string) =>
  useQuery({
    queryKey: ['journeys', name, 'standing'],
    queryFn: ({ signal }) => ask<Standing>(of(name, '/standing'), { signal }),
    refetchInterval: 5_000,
  });

const published = { staleTime: Infinity };

export const usePicture = (name: string, version: number) =>
  useQuery({
    queryKey: ['journeys', name, 'picture', version],
    queryFn: ({ signal }) => ask<Picture>(of(name, `/versions/${version}/picture`), { signal }),
    ...published,
  });

export const usePrice = (name: string, version: number) =>
  useQuery({
    queryKey: ['journeys', name, 'price', version],
    queryFn: ({ signal }) => ask<PriceTag>(of(name, `/versions/${version}/price`), { signal }),
    ...published,
  });

/** Corrections may change them. */
export const useTexts = (name: string, version: number) =>
  useQuery({
    queryKey: ['journeys', name, 'texts', version],
    queryFn: async ({ signal }) =>
      (await ask<{ items: JourneyText[] }>(of(name, `/versions/${version}/texts`), { signal })).items,
  });

export const useStepVoices = (name: string) =>
  useQuery({
    queryKey: ['journeys', name, 'feedback'],
    queryFn: ({ signal }) => ask<StepVoices>(of(name, '/feedback'), { signal }),
    refetchInterval: 30_000,
  });

export const useProposals = (journey: string) =>
  useQuery({
    queryKey: ['proposals', journey],
    queryFn: async ({ signal }) =>
      (await ask<Page<Proposal>>('/v1/proposals', { query: { journey, limit: 50 }, signal })).items,
    refetchInterval: 30_000,
  });
