/** Logs say what happened to which id. They hold no bodies, no addresses and no names: those stay in PostgreSQL. */
import { pino, type DestinationStream, type Logger } from 'pino';

export interface LoggerOptions {
  level: string;
  pretty?: boolean;
  /** Where it writes, for tests; the standard output without it. */
  to?: DestinationStream;
}

/** Keys that are never printed, wherever they stand: the last net, should somebody log a whole object. */
const hidden = [
  ...['address', 'to', 'from', 'sender', 'email', 'phone', 'firstName', 'lastName', 'name', 'fields', 'addresses'],
  ...[
    'body',
    'text',
    'html',
    'subject',
    'proof',
    'data',
    'note',
    'message',
    'authorization',
    'cookie',
    'key',
    'password',
    'token',
  ],
];
const paths = ['', '*.', '*.*.', '*.*.*.'].flatMap((before) => hidden.map((key) => `${before}${key}`));

export function createLogger({ level, pretty = false, to }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: paths.filter((path) => !kept.has(path)), censor: '[hidden]' },
    serializers: { err: describeError, error: describeError, req: describeRequest, res: describeReply },
  };
  if (to) return pino(options, to);
  return pretty ? pino({ ...options, transport: { target: 'pino-pretty' } }) : pino(options);
}

/** Written by our own serializers. */
const kept = new Set(['err.message', 'error.message', '*.message']);

/** PostgreSQL quotes the values it chokes on, so of its errors we keep the code and the place; a message of ours names ids only. */
function describeError(error: unknown): Record<string, unknown> {
  // By its parts and not by its class: an error may come from another realm.
  if (typeof error !== 'object' || error === null || !('message' in error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const fromPostgres = 'severity' in error;
  const frames = ('stack' in error ? String(error.stack) : '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' && { code }),
    ...('constraint' in error && typeof error.constraint === 'string' && { constraint: error.constraint }),
    ...(!fromPostgres && { message: String(error.message).slice(0, 300) }),
    stack: frames.slice(0, 12).join('\n'),
    ...('cause' in error && { cause: describeError(error.cause) }),
  };
}

/** The route's pattern and not the address that was asked for: a customer's id may tell who they are. */
function describeRequest(request: unknown): Record<string, unknown> {
  if (typeof request !== 'object' || request === null) return {};
  const { method, routeOptions } = request as { method?: unknown; routeOptions?: { url?: unknown } };
  return { method, route: routeOptions?.url };
}

function describeReply(reply: unknown): Record<string, unknown> {
  if (typeof reply !== 'object' || reply === null || !('statusCode' in reply)) return {};
  return { status: reply.statusCode };
}
