/** Every story that a test tells is repeated from its history: a worker that loses a run from memory, or a later one, must be able to go on. */
import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../servers/temporal.ts';

/** Of the newest of a task queue's workflows, so many at most. Throws with the first that goes another way than it went. */
export async function replayStories(address: string, taskQueue: string, most = 25): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection });
    const histories = [];
    for await (const { workflowId, runId } of workflow.list({ query: `TaskQueue = '${taskQueue}'` })) {
      histories.push({ workflowId, history: await workflow.getHandle(workflowId, runId).fetchHistory() });
      if (histories.length === most) break;
    }
    if (histories.length === 0) return;
    const replayed = Worker.runReplayHistories({ workflowBundle: { codePath: workflowBundle() } }, histories);
    for await (const { workflowId, error } of replayed)
      if (error) throw new Error(`${workflowId} goes another way when it is repeated`, { cause: error });
  } finally {
    await connection.close();
  }
}
