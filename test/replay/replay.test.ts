import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { rules } from '../../core/run/state.ts';
import { packageRoot } from '../../cli/dev/folders.ts';
import { quietRuntime, workflowBundle } from '../servers/temporal.ts';
import { recordHistories } from './record.ts';

const folder = join(packageRoot, 'test/replay/histories');
const recorded = readdirSync(folder).flatMap((version) =>
  readdirSync(join(folder, version)).map((file) => join(version, file)),
);
const read = (file: string) => historyFromJSON(JSON.parse(readFileSync(join(folder, file), 'utf8')));

beforeAll(async () => {
  quietRuntime();
  if (process.env['RT_RECORD']) await recordHistories(join(folder, `rules-${String(rules)}`));
}, 600_000);
afterAll(() => undefined);

test('there are histories of the rules that are in force', () => {
  expect(recorded.filter((file) => file.startsWith(`rules-${String(rules)}/`)).length).toBeGreaterThanOrEqual(5);
});

describe('every recorded history is repeated by the workflows of today', () => {
  test.each(recorded)('%s', async (file) => {
    await Worker.runReplayHistory({ workflowBundle: { codePath: workflowBundle() } }, read(file));
  });
});

test('a reducer that asks for other things than it did is caught', async () => {
  const code = readFileSync(workflowBundle(), 'utf8');
  // Planted: promises are no longer made.
  const planted = code.replaceAll("do: 'promise'", "do: 'withdraw'");
  expect(planted).not.toBe(code);
  const replay = Worker.runReplayHistory({ workflowBundle: { code: planted } }, read(`rules-1/inquiry-nobody.json`));
  await expect(replay).rejects.toThrow(DeterminismViolationError);
});
