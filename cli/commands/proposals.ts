/** What people at the desk would change of journeys: listed, shown with what it would do, accepted into the project or declined. */
import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { projectFolder } from '../project-folder.ts';
import { writeChange } from '../proposals/write-change.ts';
import { refused, type ExitCode } from '../refusal.ts';
import { proposalShape, saysEffect, withEffectShape, type ProposalRead } from '../proposals/say.ts';

const listed = z.looseObject({ items: z.array(proposalShape), next: z.string().nullable() });

export interface ListOptions extends ClientOptions {
  readonly all?: true;
  readonly journey?: string;
}

export async function listProposals(io: Io, { all, journey, ...options }: ListOptions): Promise<ExitCode> {
  const query = { limit: 200, ...(all ? {} : { state: 'open' }), ...(journey !== undefined && { journey }) };
  const { items } = await createApiClient(io, options).call('GET', '/v1/proposals', listed, { query });
  if (options.json) printJson(io, { items });
  else if (items.length === 0)
    io.out(all ? 'Nothing was ever proposed.' : 'Nothing is proposed. `--all` lists what was decided, too.');
  else
    io.out(
      columns(
        ['PROPOSAL', 'JOURNEY', 'STEP', 'CHANGE', 'BY', 'STATE'],
        items.map((one) => [
          one.name,
          `${one.journey} ${String(one.version)}`,
          one.step,
          short(one),
          one.by,
          one.state,
        ]),
      ),
    );
  return 0;
}

const short = ({ change }: ProposalRead): string =>
  change.is === 'wait' ? `${change.before} → ${change.after}` : `words of ${change.template}.${change.locale}`;

export async function showProposal(io: Io, number: string, options: ClientOptions): Promise<ExitCode> {
  const found = await read(io, number, options);
  if (options.json) printJson(io, found);
  else tell(io, found);
  return 0;
}

const read = (io: Io, number: string, options: ClientOptions): Promise<z.infer<typeof withEffectShape>> =>
  createApiClient(io, options).call('GET', `/v1/proposals/${part(number)}`, withEffectShape);

function tell(io: Io, { proposal, effect }: z.infer<typeof withEffectShape>): void {
  const { name, journey, version, step, by, at, why, state, decidedBy, decidedBecause } = proposal;
  io.out(`${name}: ${journey} ${String(version)}, step '${step}', by ${by} on ${at.slice(0, 10)}: “${why}”`);
  if (state !== 'open')
    io.out(`It was ${state} by ${decidedBy ?? 'somebody'}${decidedBecause === null ? '' : `: ${decidedBecause}`}.`);
  for (const line of effect ? saysEffect(effect) : []) io.out(`  ${line}`);
}

export interface AcceptOptions extends ClientOptions {
  readonly in?: string;
  readonly dryRun?: true;
}

/** Writes it into the project, and only what compiles to exactly that change; then it is accepted. What runs stays as it is. */
export async function acceptProposal(
  io: Io,
  number: string,
  { in: named, dryRun, ...options }: AcceptOptions,
): Promise<ExitCode> {
  const found = await read(io, number, options);
  const { proposal } = found;
  if (proposal.state !== 'open') throw refused(`${proposal.name} was ${proposal.state} before.`);
  const written = await writeChange(projectFolder(io, named), proposal, { isDry: dryRun === true });
  if (dryRun !== true) await decide(io, number, 'accepted', null, options);
  if (options.json) printJson(io, { proposal: proposal.name, ...written, accepted: dryRun !== true });
  else {
    if (written.lines.length === 0) io.out(`${written.file} says so already.`);
    if (dryRun) io.out(`${proposal.name} would be written to ${written.file}:`);
    else io.out(`${proposal.name} is accepted, and written to ${written.file}:`);
    for (const line of written.lines) io.out(`  ${line}`);
    if (!dryRun) io.out('Nothing that runs is changed. Next: righttouch check, then righttouch publish --dry-run.');
  }
  return 0;
}

export interface DeclineOptions extends ClientOptions {
  readonly why?: string;
}

export async function declineProposal(io: Io, number: string, { why, ...options }: DeclineOptions): Promise<ExitCode> {
  const declined = await decide(io, number, 'declined', why ?? null, options);
  if (options.json) printJson(io, declined);
  else io.out(`${declined.name} is declined${why === undefined ? '' : `: ${why}`}.`);
  return 0;
}

const decide = (
  io: Io,
  number: string,
  as: 'accepted' | 'declined',
  because: string | null,
  options: ClientOptions,
): Promise<ProposalRead> =>
  createApiClient(io, options).call('POST', `/v1/proposals/${part(number)}/decision`, proposalShape, {
    body: { as, because },
  });
