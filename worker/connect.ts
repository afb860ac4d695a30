import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type NativeConnectionOptions } from '@temporalio/worker';

/** How to reach Temporal: an address, and TLS and an API key where it wants them. */
export interface TemporalAddress {
  readonly connection: Pick<NativeConnectionOptions, 'tls' | 'apiKey' | 'metadata'> & { readonly address: string };
  readonly namespace: string;
}
export interface TemporalClient {
  readonly client: Client;
  close(): Promise<void>;
}

/** A client whose calls stop being tried again once `signal` is aborted: a retry that fires after the connection closed would throw out of a timer. */
export async function connectClient(
  { connection, namespace }: TemporalAddress,
  signal?: AbortSignal,
): Promise<TemporalClient> {
  const retry = defaultGrpcRetryOptions();
  const interceptor = makeGrpcRetryInterceptor({
    ...retry,
    retryableDecider: (attempt, status) => signal?.aborted !== true && retry.retryableDecider(attempt, status),
  });
  const { address, tls, apiKey, metadata } = connection;
  const opened = await Connection.connect({
    address,
    interceptors: [interceptor],
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(typeof apiKey === 'string' ? { apiKey } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  });
  return { client: new Client({ connection: opened, namespace }), close: () => opened.close() };
}

export const connectNative = ({ connection }: TemporalAddress): Promise<NativeConnection> =>
  NativeConnection.connect(connection);

let isInstalled = false;
/** Once a process, before any worker: the SDK leaves signals to us. */
export function installRuntime(): void {
  if (isInstalled) return;
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN') });
  isInstalled = true;
}
