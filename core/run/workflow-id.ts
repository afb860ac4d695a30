/** The one place that says how workflows are called: the store writes it into the outbox, workflows and clients read it. */
export const workflowIdOf = (kind: 'enrolment' | 'task' | 'promise', ref: string): string =>
  `${kind === 'enrolment' ? 'run' : kind}:${ref}`;
