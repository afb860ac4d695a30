import { afterEach, expect, test } from '@jest/globals';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { ownDatabase } from '../servers/database.ts';
import { ownName, sharedServer, timeSkippingServer } from '../servers/temporal.ts';

const opened: TestWorkflowEnvironment[] = [];
afterEach(() => Promise.all(opened.splice(0).map((server) => server.teardown())));

test.each([
  ['shared', sharedServer],
  ['time-skipping', timeSkippingServer],
])('the %s server takes a workflow with all our search attributes', async (_, open) => {
  const server = await open();
  opened.push(server);
  const typedSearchAttributes = new TypedSearchAttributes(
    Object.values(searchAttributes).map((name) => ({
      key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
      value: `a ${name}`,
    })),
  );
  const workflowId = ownName('workflow');
  const handle = await server.client.workflow.start('nobody', {
    workflowId,
    taskQueue: ownName(),
    typedSearchAttributes,
  });
  const { typedSearchAttributes: stored } = await handle.describe();
  expect(stored.getAll().map(({ value }) => value)).toEqual(expect.arrayContaining(['a RtJourney', 'a RtWaitingFor']));
  await handle.terminate();
});

test('two databases of our own have all tables and know nothing of each other', async () => {
  const [one, other] = [await ownDatabase(), await ownDatabase()];
  await one.db
    .insertInto('clock')
    .values({ real_anchor: new Date(0), virtual_anchor: new Date(0), rate: 1 })
    .execute();
  const count = sql<{ n: number }>`select count(*)::int as n from clock`;
  expect((await count.execute(one.db)).rows).toEqual([{ n: 1 }]);
  expect((await count.execute(other.db)).rows).toEqual([{ n: 0 }]);
  await one.drop();
  await other.drop();
});
