import { workflowInfo } from '@temporalio/workflow';

/** Time to continue as new: because of so many events, or because the server says so. */
export function isLong(events: number): boolean {
  const { historyLength, continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return historyLength >= events || continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}
