import { sentence, type Fault } from '../../core/journey/fault.ts';

/** Everything that kept a folder from being read, told at once. */
export class ProjectFaults extends Error {
  readonly code = 'project-faults';
  readonly faults: readonly Fault[];

  constructor(folder: string, faults: readonly Fault[]) {
    const lines = faults.map((fault) => `${fault.file === undefined ? '' : `${fault.file}: `}${sentence(fault)}`);
    super(`${folder} cannot be read:\n  ${lines.join('\n  ')}`);
    this.name = 'ProjectFaults';
    this.faults = faults;
  }
}
