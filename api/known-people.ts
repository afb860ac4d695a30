import { isKnownPerson } from '../store/agents/known.ts';
import type { Db } from '../store/open.ts';
import { Problem } from './problems.ts';

/** Nobody waits for somebody who does not exist. */
export async function refuseStranger(db: Db, field: string, name: string): Promise<void> {
  if (await isKnownPerson(db, name)) return;
  throw new Problem('unknown-name', `There is no agent '${name}'.`, [
    {
      field,
      expected: 'an agent, or somebody who has an account',
      value: name,
      mend: 'Check the name; `righttouch agents list` and `righttouch accounts list` tell them.',
    },
  ]);
}
