/** Versions that are over, and such as come back. */
import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';
import { versionIn } from './move.ts';

const retired = z.looseObject({ isNew: z.boolean() });
const returned = z.looseObject({ version: z.number(), sameAs: z.number(), replaces: z.number() });

export async function retire(io: Io, journey: string, version: string, options: ClientOptions): Promise<ExitCode> {
  const number = versionIn(version);
  const path = `/v1/journeys/${part(journey)}/versions/${String(number)}/retire`;
  const done = await createApiClient(io, options).call('POST', path, retired);
  if (options.json) printJson(io, { journey, version: number, ...done });
  else
    io.out(
      `${journey} ${String(number)} is retired${done.isNew ? '' : ' already'}: nobody is on it, and nobody enters it.`,
    );
  return 0;
}

export async function rollback(io: Io, journey: string, options: ClientOptions): Promise<ExitCode> {
  const done = await createApiClient(io, options).call('POST', `/v1/journeys/${part(journey)}/rollback`, returned);
  if (options.json) printJson(io, { journey, ...done });
  else
    io.out(
      `${journey} ${String(done.version)} is ${String(done.sameAs)} again, and takes the entries. Who is on ${String(done.replaces)} stays there.`,
    );
  return 0;
}
