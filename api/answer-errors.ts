/** The one place where whatever went wrong becomes a problem, and nothing of our insides goes out. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionError } from 'fastify';
import type { Socket } from 'node:net';
import { isUnreachable } from '../store/unreachable.ts';
import { InvalidPart } from './validation.ts';
import { Problem, problemBody, problems, problemType, type FieldFault, type ProblemCode } from './problems.ts';

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error);
  const [status] = problems[problem.code];
  if (status >= 500) request.log.error({ err: error, req: request }, `Request failed: ${problem.code}`);
  if (status === 503) reply.header('retry-after', '2');
  return reply
    .headers(problem.headers)
    .code(status)
    .type(problemType)
    .serializer(JSON.stringify)
    .send(problemBody(problem.code, problem.message, problem.faults, problem.holder));
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const known = error as Partial<FastifyError>;
  // Fastify wraps nothing: what the validator gave arrives here itself.
  if (error instanceof InvalidPart) return invalid(error.faults);
  if (isUnreachable(error)) return new Problem('unavailable', 'The database cannot be reached at the moment.');
  switch (known.code ?? '') {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem('too-large', 'The body is larger than 1 MB.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return new Problem('unsupported-media-type', 'This address reads application/json.', [
        { field: 'header.content-type', expected: 'application/json', mend: 'Send `Content-Type: application/json`.' },
      ]);
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Problem('malformed-body', 'The body is empty.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new Problem('malformed-body', 'The body is not as long as Content-Length says.');
    case 'FST_UNDER_PRESSURE':
      return new Problem('unavailable', 'There is too much to do at the moment.');
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return invalid([
        {
          field: 'path',
          expected: 'well-formed parts of at most 200 characters',
          mend: 'Check ids and their encoding.',
        },
      ]);
  }
  return known.statusCode === 400
    ? new Problem('malformed-body', 'The request cannot be read.')
    : new Problem('internal', 'Something went wrong here. Nothing of what was asked for was done, as far as we know.');
}

const invalid = (faults: readonly FieldFault[]): Problem =>
  new Problem(
    'invalid-request',
    faults.length === 1 ? 'There is one fault.' : `There are ${faults.length} faults.`,
    faults,
  );

/** What Node's own parser refuses never becomes a request: it is answered on the bare socket. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, detail] = clientProblems[error.code] ?? (['malformed-body', 'This is not HTTP as we read it.'] as const);
  const [status, title] = problems[code];
  const body = JSON.stringify(problemBody(code, detail));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
const clientProblems: Record<string, readonly [ProblemCode, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['too-slow', 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than 16 KB.'],
};
