/** What the API answers when it does not do what was asked: RFC 9457, with one closed list of codes. */
import { z } from 'zod';

/** Code → [status, title, what to do about it]. `GET /problems/:code` tells them. */
export const problems = {
  'malformed-body': [
    400,
    'The body cannot be read',
    'Send well-formed JSON in UTF-8, not nested deeper than the limit.',
  ],
  'invalid-request': [
    400,
    'The request is not of the expected form',
    'Mend each fault that is listed, then send it again.',
  ],
  unauthenticated: [401, 'No valid API key', 'Send `Authorization: Bearer rt_…` with a key that is not revoked.'],
  'missing-scope': [403, 'The key may not do this', 'Use a key with the scope that is named, or have one made.'],
  'wrong-sign-in': [
    401,
    'This does not open the desk',
    'Try again, or have a new link made: `righttouch accounts link`.',
  ],
  'other-origin': [403, 'It does not come from our own page', 'Do it at the desk, or send an API key.'],
  'other-person': [403, "Nobody acts in another's name", 'Act in your own name; who leads a team can reassign.'],
  'wrong-signature': [
    403,
    'The webhook is not signed as it should be',
    'Check the token, and that PUBLIC_URL is the address the provider calls.',
  ],
  confidential: [
    403,
    'The conversation is confidential',
    'Ask one of its people, who are named, or a lead to let you in. That you asked is written down.',
  ],
  'not-found': [404, 'There is no such thing', 'Check the id.'],
  'no-such-route': [404, 'There is no such address', 'See /docs for all addresses.'],
  gone: [410, 'It is not shown any more', 'Nothing: whoever said it has taken it back.'],
  'method-not-allowed': [405, 'This address does not know this method', 'Use a method that `Allow` lists.'],
  'too-slow': [408, 'The request took too long to arrive', 'Send it again, faster.'],
  'different-body': [409, 'This idempotency key was used for another body', 'Use a new key for a new event.'],
  'definition-changed': [
    409,
    'This version is published with another content',
    'Publish it without a version, or under a new one.',
  ],
  'would-orphan': [
    409,
    'Customers stand where the new version does not go',
    'Say for each journey that is named what becomes of them: `others: { keep: true }`, or `others: { move: { old: new } }`.',
  ],
  'another-move-is-going': [
    409,
    'Another move from that version is not over',
    'Tell its pages until it is done: `POST /v1/moves/:id/tell`. Then publish again.',
  ],
  'already-exists': [409, 'There is one already', 'Use another name, or the one that is there.'],
  'not-possible-now': [409, 'Its state does not allow this', 'Read it again, and decide anew.'],
  'too-large': [413, 'The body is too large', 'Send less at once: at most 1 MB.'],
  'unsupported-media-type': [
    415,
    'The body is not of a type this address reads',
    'Send `Content-Type: application/json`.',
  ],
  'unknown-name': [
    422,
    'It names something nobody knows',
    'Mend each fault that is listed; names are published with the journeys.',
  ],
  'unsound-journey': [
    422,
    'What should be published has faults',
    'Mend each fault that is listed; `righttouch check` finds them before publishing.',
  ],
  'too-many-requests': [429, 'Too many requests', 'Wait as long as `Retry-After` says.'],
  'headers-too-large': [431, 'The headers are too large', 'Send fewer or shorter headers.'],
  internal: [500, 'Something went wrong here', 'Try again; if it stays, tell whoever runs RightTouch the request id.'],
  unavailable: [503, 'Something that this needs cannot be reached', 'Try again as soon as `Retry-After` says.'],
} as const satisfies Record<string, readonly [status: number, title: string, mend: string]>;

export type ProblemCode = keyof typeof problems;

/** Where it is wrong: 'data.topic' in the body, 'path.id', 'query.limit', 'header.idempotency-key'. */
export interface FieldFault {
  field: string;
  expected: string;
  /** What was there, shortened; missing if there was nothing, or if it is nobody else's business. */
  value?: string;
  mend: string;
  /** What is wrong there, in a sentence, where expectation and value do not say it all. */
  problem?: string;
  /** How one customer comes to it, a line an instant. */
  story?: readonly string[];
}

/** Who has what was asked for, and since when, in epoch milliseconds: pages say it by the clock of whoever reads. */
export interface Holder {
  readonly agent: string;
  readonly since: number;
}

/** Thrown by a handler, answered by the error handler. Not an accident: its detail is meant to be read by the caller. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly faults: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;
  readonly holder: Holder | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    faults: readonly FieldFault[] = [],
    headers: Readonly<Record<string, string>> = {},
    holder?: Holder,
  ) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.faults = faults;
    this.headers = headers;
    this.holder = holder;
  }
}

export const problemShape = z
  .object({
    type: z.string().describe("Where it is explained: '/problems/not-found'"),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe('What is wrong with this request, in a sentence'),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    faults: z
      .array(
        z.object({
          field: z.string().describe("'data.topic' in the body, 'path.id', 'query.limit', 'header.idempotency-key'"),
          expected: z.string(),
          value: z.string().optional(),
          mend: z.string(),
          problem: z.string().optional(),
          story: z.array(z.string()).readonly().optional().describe('How one customer comes to it, a line an instant'),
        }),
      )
      .describe('All faults of the request, at once'),
    holder: z
      .object({ agent: z.string(), since: z.iso.datetime() })
      .optional()
      .describe('Who has what was asked for, and since when'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
export type ProblemBody = z.output<typeof problemShape>;

export function problemBody(
  code: ProblemCode,
  detail: string,
  faults: readonly FieldFault[] = [],
  holder?: Holder,
): ProblemBody {
  const [status, title] = problems[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    code,
    faults: [...faults],
    ...(holder && { holder: { agent: holder.agent, since: new Date(holder.since).toISOString() } }),
  };
}

export const problemType = 'application/problem+json; charset=utf-8';
