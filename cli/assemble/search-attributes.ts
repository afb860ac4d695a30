/** Our search attributes on a Temporal that is there already. Without them, workflow tasks that set them fail for ever. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import type { TemporalAddress } from '../../worker/connect.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { refused, unreachable } from '../refusal.ts';

/** IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1. */
const keyword = 2;
const wanted = Object.values(searchAttributes);
const listedWithinMs = 60_000;

/** Adds what is missing and answers with it, once the server lists all of them: just after a namespace was made, it forgets. */
export async function addSearchAttributes(temporal: TemporalAddress): Promise<string[]> {
  const connection = await connect(temporal);
  try {
    await needNamespace(connection, temporal);
    return await addUntilListed(connection, temporal);
  } finally {
    await connection.close();
  }
}

async function addUntilListed(connection: Connection, { namespace }: TemporalAddress): Promise<string[]> {
  const added = new Set<string>();
  const end = performance.now() + listedWithinMs;
  let because = '';
  for (;;) {
    const missing = await notListed(connection, namespace);
    if (missing.length === 0) return [...added];
    if (performance.now() > end)
      throw refused(
        `Temporal does not list ${missing.join(', ')} in '${namespace}', ${listedWithinMs / 1_000} s after they were added${because}. Try again.`,
      );
    try {
      const ours = Object.fromEntries(missing.map((name) => [name, keyword]));
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: ours });
      for (const name of missing) added.add(name);
    } catch (error) {
      because = ` (${whyNot(error, namespace, missing)})`;
    }
    await sleep(500);
  }
}

async function notListed(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService
    .listSearchAttributes({ namespace })
    .catch((error: unknown) => {
      throw asRefusal(error, namespace, wanted);
    });
  const wrong = wanted.filter(
    (name) => Object.hasOwn(customAttributes, name) && Number(customAttributes[name]) !== keyword,
  );
  if (wrong.length > 0)
    throw refused(
      `${wrong.join(', ')} in '${namespace}' should be of type Keyword, and is not. Remove it there (temporal operator search-attribute remove), then run righttouch setup again.`,
    );
  return wanted.filter((name) => !Object.hasOwn(customAttributes, name));
}

async function needNamespace(
  connection: Connection,
  { namespace, connection: { address } }: TemporalAddress,
): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (codeOf(error) === 5)
      throw refused(
        `There is no namespace '${namespace}' on ${address}. Make it: temporal operator namespace create --namespace ${namespace} (in Temporal Cloud: on its web page), or set TEMPORAL_NAMESPACE to another.`,
      );
    throw asRefusal(error, namespace, wanted);
  }
}

async function connect({ connection, namespace }: TemporalAddress): Promise<Connection> {
  const { address, tls, apiKey, metadata } = connection;
  return Connection.connect({
    address,
    connectTimeout: 10_000,
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(typeof apiKey === 'string' ? { apiKey } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreachable(
      `Temporal at ${address}, namespace '${namespace}', cannot be reached: ${reason}. Check TEMPORAL_ADDRESS and that it runs.`,
    );
  });
}

const codeOf = (error: unknown): number | undefined => (isGrpcServiceError(error) ? error.code : undefined);

/** Only what may pass by itself is tried again: 6, somebody else adds them; 3 and 9, a namespace just made; 14, a server that starts. */
function whyNot(error: unknown, namespace: string, names: readonly string[]): string {
  const code = codeOf(error);
  if (code === 3 || code === 6 || code === 9 || code === 14)
    return error instanceof Error ? error.message : String(error);
  throw asRefusal(error, namespace, names);
}

function asRefusal(error: unknown, namespace: string, names: readonly string[]): unknown {
  const code = codeOf(error);
  if (code === 7 || code === 12 || code === 16)
    return refused(
      `We may not add search attributes to '${namespace}'. Add them by hand, all of type Keyword: ${names.join(', ')}.`,
    );
  if (code === 4 || code === 14)
    return unreachable(`Temporal stopped answering for namespace '${namespace}'. Try again.`);
  return error;
}
