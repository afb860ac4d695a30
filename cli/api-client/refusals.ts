/** From what the API answers, or from its silence, to sentences. */
import { z } from 'zod';
import { refused, Refusal, unreachable, type CommandFault } from '../refusal.ts';
import type { Access } from './access.ts';

const faultShape = z.looseObject({
  field: z.string(),
  expected: z.string(),
  value: z.string().optional(),
  mend: z.string(),
  problem: z.string().optional(),
});
const problemShape = z.object({
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  faults: z.array(faultShape).default([]),
});

export function refusalOf(status: number, body: unknown, access: Access): Refusal {
  const read = problemShape.safeParse(body);
  if (!read.success) {
    const says = `${access.url} answered ${status}, and not as RightTouch does: check the address.`;
    return status >= 500 ? unreachable(says) : refused(says);
  }
  const { code, detail, faults } = read.data;
  if (code === 'unauthenticated') return refused(withoutKey(access));
  return new Refusal(status === 503 ? 3 : 1, detail, faults.map(asFault));
}

function withoutKey({ url, key, keyFrom }: Access): string {
  return key === null
    ? `The API at ${url} wants a key. Set RIGHTTOUCH_KEY to one; righttouch keys create makes it.`
    : `The API at ${url} does not know the key in ${String(keyFrom)}: it is of another installation, or revoked. Set RIGHTTOUCH_KEY to a valid one.`;
}

function asFault(parts: z.infer<typeof faultShape>): CommandFault {
  const { field, expected, value, mend, problem } = parts;
  if (problem !== undefined) return { says: `${field}: ${problem} ${mend}`, parts };
  const wrong = `${field} ${value === undefined ? '' : `is '${value}', but `}should be ${expected}.`;
  // Many a mend is "Write …" and the expectation.
  return { says: mend.includes(expected) ? wrong : `${wrong} ${mend}`, parts };
}

export function failureToReach(error: unknown, url: string): Refusal {
  const { name } = said.parse(error);
  if (name === 'TimeoutError')
    return unreachable(`The API at ${url} did not answer within 20 s. Try again, or look at its log.`);
  return unreachable(
    `The API at ${url} cannot be reached (${reasonOf(error)}). Start it with righttouch dev or righttouch api, or name another with --url.`,
  );
}

const said = z
  .object({ name: z.string(), message: z.string(), code: z.string(), cause: z.unknown() })
  .partial()
  .catch({});
/** fetch says only that it failed; why is in its cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = said.parse(error);
  const within = said.parse(cause);
  return within.code ?? within.message ?? message ?? 'no reason was given';
}
