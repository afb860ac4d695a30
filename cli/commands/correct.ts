import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { count } from '../check-project.ts';
import { printJson, type Io } from '../io.ts';
import { loadJourneys } from '../load-journeys.ts';
import type { ClientOptions } from '../program/declare.ts';
import { refused, type ExitCode } from '../refusal.ts';
import { versionIn } from './move.ts';

const answer = z.looseObject({ isNew: z.boolean(), customers: z.number() });

export interface CorrectOptions extends ClientOptions {
  readonly why: string;
  readonly locale: string;
  readonly in?: string;
}

/** The words are those of the project: the file is mended, and what was published with the old ones says the new ones. */
export async function correct(
  io: Io,
  journey: string,
  version: string,
  template: string,
  { why, locale, in: folder, ...options }: CorrectOptions,
): Promise<ExitCode> {
  const number = versionIn(version);
  const { templates } = await loadJourneys(io, folder);
  const mended = templates.find((t) => t.name === template && t.locale === locale);
  if (!mended)
    throw refused(
      `There is no template '${template}' in '${locale}'. There are: ${templates.map((t) => `${t.name}.${t.locale}`).join(', ')}.`,
    );
  const client = createApiClient(io, options);
  const path = `/v1/journeys/${part(journey)}/versions/${String(number)}/corrections`;
  const done = await client.call('POST', path, answer, { body: { template: mended, why } });
  if (options.json) printJson(io, { journey, version: number, template, locale, why, ...done });
  else if (done.isNew)
    io.out(
      `${journey} ${String(number)} says '${template}' in other words now, to ${count(done.customers, 'customer')}.`,
    );
  else io.out(`${journey} ${String(number)} says '${template}' in these words already.`);
  return 0;
}
