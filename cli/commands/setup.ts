import { searchAttributes } from '../../workflows/search-attributes.ts';
import { addSearchAttributes } from '../assemble/search-attributes.ts';
import { neededTemporal } from '../assemble/temporal-of-environment.ts';
import { printJson, type Io } from '../io.ts';
import type { JsonOption } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

/** Run it as often as you like: what is there stays. */
export async function setup(io: Io, { json }: JsonOption): Promise<ExitCode> {
  const temporal = neededTemporal(io.env);
  const { namespace } = temporal;
  const added = await addSearchAttributes(temporal);
  const all = Object.values(searchAttributes);
  if (json) printJson(io, { address: temporal.connection.address, namespace, added, searchAttributes: all });
  else if (added.length === 0) io.out(`Namespace '${namespace}' is ready: its search attributes were there.`);
  else io.out(`Namespace '${namespace}' is ready: search attributes ${added.join(', ')} added.`);
  return 0;
}
