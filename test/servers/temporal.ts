import { randomBytes } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { searchAttributes } from '../../workflows/search-attributes.ts';

const set = (name: 'RT_TEMPORAL' | 'RT_SKIPPER' | 'RT_BUNDLE'): string => {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: this test needs the servers, run it in the project \`servers\``);
  return value;
};

/** The development server all test files share, `127.0.0.1:port`; the namespace is `default`. */
export const temporalAddress = (): string => set('RT_TEMPORAL');

/** The file with the bundled workflows: `Worker.create({ workflowBundle: { codePath: workflowBundle() }, … })`. */
export const workflowBundle = (): string => set('RT_BUNDLE');

/** A name nobody has used: for a task queue, or for workflow ids on the shared server. */
export const ownName = (what = 'queue'): string => `${what}-${randomBytes(6).toString('hex')}`;

/** The shared development server as a test environment: real time, with `client` and `nativeConnection`. Tear it down in `afterAll`. */
export async function sharedServer(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  return TestWorkflowEnvironment.createFromExistingServer({ address: temporalAddress() });
}

/**
 * A server of the test's own that skips time while a workflow's `result()` is awaited. It knows our search attributes,
 * but has no `list` or `count`, and its clock is one for all its workflows: run such tests serially, and tear it down.
 */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const server = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: set('RT_SKIPPER') } },
  });
  const keyword = 2; // IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1
  await server.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(Object.values(searchAttributes).map((name) => [name, keyword])),
  });
  return server;
}

let installed = false;
/** Temporal's native side warns only, and leaves signals to jest. It can be installed once a process. */
export function quietRuntime(): void {
  if (installed) return;
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  installed = true;
}
