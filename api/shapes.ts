/** Forms that several resources share. */
import { z } from 'zod';
import { channels } from '../core/journey/channels.ts';
import { problemShape } from './problems.ts';

/** An instant as JSON has it: UTC, with milliseconds. */
export const instant = z.iso.datetime().describe("An instant, such as '2026-03-02T09:00:00.000Z'");
export const maybeInstant = instant.nullable();
/** From a row's Date, or from the epoch milliseconds that the store counts in. */
export const iso = (at: Date | number): string => new Date(at).toISOString();
export const maybeIso = (at: Date | number | null): string | null => (at === null ? null : iso(at));
export const channel = z.enum(channels);

/** Ids that others gave: printable, without spaces and slashes. */
const idForm = /^[A-Za-z0-9][A-Za-z0-9._~:@+-]{0,99}$/;
const idSays = "1 to 100 letters, digits and . _ ~ : @ + -, such as 'c-1042'";
export const idOfTheirs = z.string().regex(idForm, idSays);
export const customerId = idOfTheirs.describe('The customer, by the id your own systems use');
/** Ids that we gave. */
const ourId = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, "an id as we gave it, such as 'e_3k9…'");
export const name = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "a lower-case name such as 'inquiry'");
/** Who acts in our name. It is shown in the conversation and kept in logs of tasks. */
export const agent = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@'-]{0,99}$/u, "the acting person's name or id, 1 to 100 characters")
  .describe('The person who acts: what is done is kept under this name');
/** One line of plain text: no control characters, and something to read at its beginning. */
export const line = (most: number): z.ZodString =>
  z
    .string()
    .max(most)
    // eslint-disable-next-line no-control-regex -- They are what is kept out.
    .regex(/^[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$/, 'one line of text that begins with no space');

/** An Idempotency-Key. */
export const ownKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, '1 to 100 letters, digits, - and _')
  .describe('Yours, one for each act: the same again is done once');

export const customerPath = z.strictObject({ id: customerId });
export const ourPath = z.strictObject({ id: ourId });

/** A page: the next one is asked for with `after: next`, until `next` is null. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many at most, 1 to 200'),
  after: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,400}$/, '`next` of the page before')
    .optional()
    .describe('`next` of the page before'),
};
export const pageOf = <T extends z.ZodType>(
  items: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> =>
  z.object({
    items: z.array(items),
    next: z.string().nullable().describe('Ask with `after` for the next page; null: this was the last'),
  });

const problem = (
  description: string,
): { description: string; content: Record<string, { schema: typeof problemShape }> } => ({
  description,
  content: { 'application/problem+json': { schema: problemShape } },
});
const described = {
  400: 'The request is not of the expected form',
  401: 'No valid API key',
  403: 'The key may not do this',
  404: 'There is no such thing',
  408: 'The request took too long to arrive',
  409: 'It contradicts what is there',
  410: 'It was taken back',
  413: 'The body is too large',
  415: 'The body is not of a type that is read',
  422: 'It names something nobody knows, or has faults',
  429: 'Too many requests: see Retry-After',
  500: 'Something went wrong here',
  503: 'Something that this needs cannot be reached: see Retry-After',
} as const;
type Status = keyof typeof described;
type Problems<S extends Status> = { [K in S | 'always']: K extends S ? ReturnType<typeof problem> : never };

/** The problems a route may answer with: these, and what may always happen. */
export function refusals<S extends Status = 400>(
  ...more: S[]
): Omit<Problems<S | 400 | 401 | 403 | 429 | 500 | 503>, 'always'> {
  const all = [...new Set<Status>([400, 401, 403, 429, 500, 503, ...more])];
  return Object.fromEntries(all.map((status) => [status, problem(described[status])])) as Omit<
    Problems<S | 400 | 401 | 403 | 429 | 500 | 503>,
    'always'
  >; // Object.fromEntries forgets which keys there are.
}
/** Of routes that take a body. */
export const bodyRefusals = [408, 413, 415] as const;
