import { z } from 'zod';
import { createApiClient, newIdempotencyKey, part, type ApiClient } from '../api-client.ts';
import { columns } from '../columns.ts';
import { everyPage } from '../every-page.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';

const task = z.looseObject({
  id: z.string(),
  number: z.union([z.number(), z.string()]),
  customerId: z.string(),
  state: z.string(),
  team: z.string(),
  askedTeam: z.string(),
  askedPerson: z.string().nullable(),
  claimedBy: z.string().nullable(),
  outcome: z.string().nullable(),
  deadlineAt: z.string().nullable(),
  suggested: z.object({ agent: z.string(), because: z.array(z.string()) }).nullable(),
});
const reason = z.looseObject({ because: z.string(), outcomes: z.array(z.string()) });
const line = z.looseObject({ at: z.string(), actor: z.string(), action: z.string(), why: z.string().nullable() });
const whole = task.extend({ reasons: z.array(reason), log: z.array(line) });
type Task = z.infer<typeof task>;

export interface ListOptions extends ClientOptions {
  readonly team?: string;
  readonly state?: string;
  readonly customer?: string;
  readonly agent?: string;
}
export async function listTasks(io: Io, { team, state, customer, agent, ...options }: ListOptions): Promise<ExitCode> {
  const query = { team, state, customerId: customer, claimedBy: agent };
  const items = await everyPage(createApiClient(io, options), '/v1/tasks', task, query);
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('There is no such task.');
  else io.out(columns(['task', 'customer', 'state', 'asked', 'by', 'until'], items.map(row)));
  return 0;
}
const row = (each: Task): (string | null)[] => [
  nameOf(each),
  each.customerId,
  each.state,
  each.askedPerson ?? each.askedTeam,
  each.claimedBy,
  each.deadlineAt,
];
const nameOf = ({ number }: Task): string => `T-${number}`;

export async function showTask(io: Io, id: string, options: ClientOptions): Promise<ExitCode> {
  const found = await createApiClient(io, options).call('GET', `/v1/tasks/${part(id)}`, whole);
  if (options.json) {
    printJson(io, found);
    return 0;
  }
  tellState(io, found);
  if (found.suggested) io.out(`  fits ${found.suggested.agent} best: ${found.suggested.because.join(', ')}`);
  for (const { because } of found.reasons) io.out(`  because: ${because}`);
  const outcomes = new Set(found.reasons.flatMap((each) => each.outcomes));
  if (found.state !== 'done') io.out(`  can end as: ${[...outcomes].map((each) => `'${each}'`).join(', ')}`);
  for (const { at, actor, action, why } of found.log)
    io.out(`  ${at}  ${action} by ${actor}${why === null ? '' : `: ${why}`}`);
  return 0;
}

function tellState(io: Io, found: Task): void {
  const { state, customerId, askedTeam, askedPerson, claimedBy, outcome, deadlineAt } = found;
  const by = claimedBy === null ? '' : state === 'snoozed' ? ` for ${claimedBy}` : ` by ${claimedBy}`;
  const end = outcome === null ? '' : `, as '${outcome}'`;
  const until = deadlineAt === null ? '' : `, until ${deadlineAt}`;
  io.out(`${nameOf(found)} of ${customerId}, asked of ${askedPerson ?? askedTeam}, is ${state}${by}${end}${until}.`);
}

export interface AgentOptions extends ClientOptions {
  readonly agent: string;
}
export interface WithWhy {
  readonly why: string;
}
export const claimTask = (io: Io, id: string, options: AgentOptions): Promise<ExitCode> =>
  act(io, id, 'claim', options);
export const releaseTask = (io: Io, id: string, options: AgentOptions): Promise<ExitCode> =>
  act(io, id, 'release', options);

export function snoozeTask(io: Io, id: string, until: string, options: AgentOptions): Promise<ExitCode> {
  return act(io, id, 'snooze', options, { until: instantOf(until) });
}

function instantOf(said: string): string {
  const at = Date.parse(said);
  if (Number.isNaN(at) || !/^\d{4}-\d{2}-\d{2}T/.test(said))
    throw misused(`'${said}' should be an instant, such as 2026-03-02T09:00:00Z.`);
  return new Date(at).toISOString();
}

export interface AnswerOptions {
  readonly subject?: string;
  readonly channel?: string;
  /** Why they go on although they were warned. */
  readonly why?: string;
}
export const answerTask = (
  io: Io,
  id: string,
  text: string,
  { subject, channel, why, ...options }: AgentOptions & AnswerOptions,
): Promise<ExitCode> =>
  act(io, id, 'answer', options, {
    text,
    ...(subject !== undefined && { subject }),
    ...(channel !== undefined && { channel }),
    ...(why !== undefined && { why }),
  });

export const noteOnTask = (
  io: Io,
  id: string,
  text: string,
  { reached = false, ...options }: AgentOptions & { readonly reached?: boolean },
): Promise<ExitCode> => act(io, id, 'notes', options, { text, reached });

export function remindOfTask(
  io: Io,
  id: string,
  at: string,
  { about, ...options }: AgentOptions & { readonly about: string },
): Promise<ExitCode> {
  return act(io, id, 'follow-ups', options, { about, dueAt: instantOf(at) });
}

export const handOverTask = (
  io: Io,
  id: string,
  team: string,
  { why, ...options }: AgentOptions & WithWhy,
): Promise<ExitCode> => act(io, id, 'hand-over', options, { team, why });
export const reassignTask = (
  io: Io,
  id: string,
  to: string,
  { why, ...options }: AgentOptions & WithWhy,
): Promise<ExitCode> => act(io, id, 'reassign', options, { to, why });
export const reopenTask = (io: Io, id: string, { why, ...options }: AgentOptions & WithWhy): Promise<ExitCode> =>
  act(io, id, 'reopen', options, { why });

export const completeTask = (io: Io, id: string, outcome: string, options: AgentOptions): Promise<ExitCode> =>
  act(io, id, 'complete', options, { outcome });

/** What would be done twice if it were heard twice. */
const keyed: ReadonlySet<string> = new Set(['answer', 'notes', 'follow-ups']);
const warned = z.looseObject({ warnings: z.array(z.object({ gate: z.string(), rule: z.string() })) });

/** Nobody is held back: the same again with a reason goes out. */
function tellWarned(io: Io, called: string, answer: unknown, { json }: ClientOptions): ExitCode {
  if (json) printJson(io, answer);
  else {
    io.out(`${called}: nothing is sent yet. A machine would have been stopped:`);
    for (const { gate, rule } of warned.parse(answer).warnings) io.out(`  ${gate}: ${rule}`);
    io.out("Send it all the same with --why 'a reason': designers read it.");
  }
  return 1;
}

async function act(
  io: Io,
  called: string,
  what:
    | 'claim'
    | 'release'
    | 'snooze'
    | 'answer'
    | 'complete'
    | 'hand-over'
    | 'reassign'
    | 'reopen'
    | 'notes'
    | 'follow-ups',
  { agent, ...options }: AgentOptions,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const id = await idOf(client, called);
  const asked = { body: { agent, ...more }, ...(keyed.has(what) && { idempotencyKey: newIdempotencyKey() }) };
  const changed = await client.call('POST', `/v1/tasks/${part(id)}/${what}`, z.looseObject({}), asked);
  if (changed['sent'] === false) return tellWarned(io, called, changed, options);
  const after = task.safeParse('task' in changed ? changed['task'] : changed);
  if (options.json) printJson(io, changed);
  else if (after.success) tellState(io, after.data);
  else io.out(`${called}: done.`);
  return 0;
}

/** People say T-12; what is done is asked for by the id. */
async function idOf(client: ApiClient, called: string): Promise<string> {
  if (!/^T-\d+$/.test(called)) return called;
  return (await client.call('GET', `/v1/tasks/${called}`, z.looseObject({ id: z.string() }))).id;
}

const introduction = z.looseObject({
  agent: z.string(),
  kind: z.string(),
  state: z.string(),
  because: z.string().nullable(),
});

export async function introduce(
  io: Io,
  called: string,
  { agent, when, ...options }: AgentOptions & { readonly when?: string },
): Promise<ExitCode> {
  const body = { agent, ...(when !== undefined && { when }) };
  const said = await createApiClient(io, options).call('POST', `/v1/tasks/${part(called)}/introduction`, introduction, {
    body,
  });
  if (options.json) printJson(io, said);
  else if (said.because !== null) io.out(`${called}: nobody is introduced, because ${said.because}.`);
  else if (said.kind === 'correction') io.out(`${called}: they are told that it is ${said.agent} who comes.`);
  else io.out(`${called}: ${said.agent} is introduced, as soon as the budget has a place for it.`);
  return said.because === null ? 0 : 1;
}
