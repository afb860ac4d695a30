import { z } from 'zod';
import type { ApiClient, Asked } from './api-client.ts';

/** Everything of a list, page by page; at most 10,000, which is more than anybody reads. */
export async function everyPage<T>(
  client: ApiClient,
  path: string,
  shape: z.ZodType<T>,
  query: NonNullable<Asked['query']> = {},
): Promise<T[]> {
  const page = z.looseObject({ items: z.array(shape), next: z.string().nullable() });
  const all: T[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await client.call('GET', path, page, { query: { ...query, limit: 200, after } });
    all.push(...items);
    after = next ?? undefined;
  } while (after !== undefined && all.length < 10_000);
  return all;
}
