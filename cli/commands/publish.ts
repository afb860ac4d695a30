import { z } from 'zod';
import { createApiClient } from '../api-client.ts';
import { asCommandFault, checkProject, count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import { projectFolder } from '../project-folder.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, refused, type ExitCode } from '../refusal.ts';

const answer = z.looseObject({
  published: z.array(z.looseObject({ name: z.string(), version: z.number(), isNew: z.boolean() })),
});

/** Nothing is sent unless the whole project is sound. */
export async function publish(
  io: Io,
  named: string | undefined,
  { to, ...options }: ClientOptions & { readonly to?: string },
): Promise<ExitCode> {
  if (to !== undefined && options.url !== undefined && to !== options.url)
    throw misused(`--to is '${to}' and --url is '${options.url}'. They mean the same: give one of them.`);
  const folder = projectFolder(io, named);
  const client = createApiClient(io, to === undefined ? options : { ...options, url: to });
  const checked = await checkProject(folder);
  if (!checked.ok)
    throw refused(
      `${count(checked.faults.length, 'fault')}; nothing was published.`,
      checked.faults.map(asCommandFault),
    );
  const { words, policy, templates, journeys } = checked.project;
  if (journeys.length === 0) throw refused(`There is no journey in ${folder}. Export one, then publish.`);
  const body = { words, policy, templates, journeys: journeys.map((definition) => ({ definition })) };
  const { published } = await client.call('POST', '/v1/journeys', answer, { body });
  if (options.json) printJson(io, { url: client.url, published });
  else for (const { name, version, isNew } of published) io.out(`${name} ${version}: ${isNew ? 'new' : 'unchanged'}`);
  return 0;
}
