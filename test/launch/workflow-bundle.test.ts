import { readFileSync, statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { workflowBundle } from '../servers/temporal.ts';

// Its size is paid for every cached workflow.
const mostBytes = 2_500_000;

test('nothing that costs megabytes or knows the world is in the workflow bundle', () => {
  const code = readFileSync(workflowBundle(), 'utf8');
  const modules = new Set([...code.matchAll(/\.\/node_modules\/((?:@[^/"]+\/)?[^/"]+)\//g)].map(([, name]) => name));
  const foreign = [...modules].filter((name) => !name?.startsWith('@temporalio/'));
  expect(foreign.sort()).toEqual(['long', 'ms', 'nexus-rpc', 'protobufjs'].filter((name) => modules.has(name)));
  expect(statSync(workflowBundle()).size).toBeLessThan(mostBytes);
});
