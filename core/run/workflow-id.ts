export type WorkflowKind = 'enrolment' | 'task' | 'promise' | 'broadcast';

/** The one place that says how workflows are called: the store writes it into the outbox, workflows and clients read it. */
export const workflowIdOf = (kind: WorkflowKind, ref: string): string =>
  `${kind === 'enrolment' ? 'run' : kind}:${ref}`;
