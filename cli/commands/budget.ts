import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { drawGauge, wrapped } from '../gauge.ts';
import { printJson, type Io } from '../io.ts';
import { minute } from '../lines-of-touch.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';

const kept = z.looseObject({ cost: z.number(), for: z.array(z.string()) }).nullable();
const answer = z.looseObject({
  at: z.string(),
  zone: z.string().nullable(),
  policy: z.looseObject({ name: z.string(), version: z.number() }),
  pinned: z.array(z.looseObject({ journey: z.string(), version: z.number(), policyVersion: z.number() })),
  windows: z.array(
    z.looseObject({
      window: z.string(),
      span: z.string(),
      used: z.number(),
      atMost: z.number(),
      over: z.string(),
      kept,
      sharedBy: z.string().nullable(),
      freesAt: z.string().nullable(),
      opensAt: z.string().nullable(),
    }),
  ),
  may: z.array(z.looseObject({ purpose: z.string(), channel: z.string(), decided: z.string(), says: z.string() })),
  hold: z.looseObject({ until: z.string(), by: z.string() }).nullable(),
  ownSays: z.string().nullable(),
  waiting: z.array(z.looseObject({ touchId: z.string(), purpose: z.string(), channel: z.string(), until: z.string() })),
  ifAsked: z.looseObject({ says: z.string() }).nullable(),
  notKnown: z.array(z.string()),
});
type Answer = z.infer<typeof answer>;

export interface BudgetOptions extends ClientOptions {
  readonly at?: string;
  readonly if?: string;
  readonly policy?: string;
}

export async function budget(
  io: Io,
  customerId: string,
  { at, if: touch, policy, ...options }: BudgetOptions,
): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const query = { ...(touch === undefined ? {} : readTouch(touch)), at, policy };
  const told = await client.call('GET', `/v1/customers/${part(customerId)}/budget`, answer, { query });
  if (options.json) printJson(io, told);
  else for (const line of linesOf(customerId, told)) io.out(line);
  return 0;
}

/** 'marketing by email', or 'offer/hint': a step of a journey. */
function readTouch(said: string): Readonly<Record<string, string>> {
  const [, purpose = '', channel = ''] = /^(\S+) by (\S+)$/.exec(said) ?? [];
  if (purpose !== '') return { purpose, channel };
  const [, journey = '', step = ''] = /^([^/\s]+)\/(\S+)$/.exec(said) ?? [];
  if (journey !== '') return { journey, step };
  throw misused(
    `--if is '${said}', but should be a purpose and a channel, such as 'marketing by email', or JOURNEY/STEP.`,
  );
}

function linesOf(customerId: string, told: Answer): string[] {
  const { at, zone, policy, pinned, windows, may, hold, ownSays, waiting, ifAsked, notKnown } = told;
  const others = pinned.filter(({ policyVersion }) => policyVersion !== policy.version);
  return [
    ...wrapped(
      `The budget of ${customerId}, ${minute(at)} (${zone ?? 'their zone is not known'}), by ${policy.name} ${policy.version}.`,
      '',
    ),
    ...others.flatMap(({ journey, version, policyVersion }) =>
      wrapped(`${journey} ${version} is held to version ${policyVersion} of the policy.`, '  '),
    ),
    '',
    ...windows.flatMap((window) => drawGauge(window, notesOf(window))),
    ...(hold === null ? [] : ['', `A person has the conversation until ${minute(hold.until)} (${hold.by}).`]),
    ...(ownSays === null ? [] : ['', ...wrapped(`What they asked of us, as they are told: ${ownSays}`, '')]),
    ...(may.length === 0 ? [] : ['', 'What may be said:']),
    ...may.flatMap(({ purpose, channel, says }) => wrapped(`${purpose} by ${channel}: ${says}`, '  ')),
    ...(waiting.length === 0 ? [] : ['', 'Who waits for a place, the next one first:']),
    ...waiting.flatMap(({ touchId, purpose, channel, until }, n) =>
      wrapped(`${n + 1}. ${touchId}, ${purpose} by ${channel}, asks again ${minute(until)}`, '  '),
    ),
    ...(ifAsked === null ? [] : ['', ...wrapped(`If it were asked: ${ifAsked.says}`, '')]),
    ...(notKnown.length === 0 ? [] : ['']),
    ...notKnown.flatMap((says) => wrapped(says, '')),
  ];
}

function notesOf({ used, atMost, over, kept: held, freesAt, opensAt }: Answer['windows'][number]): string[] {
  const isFull = used >= atMost;
  return [
    isFull && opensAt !== null
      ? `full; there is room again ${minute(opensAt)}`
      : freesAt === null
        ? ''
        : `the next of it leaves ${minute(freesAt)}`,
    held === null ? '' : `${held.cost} of it (=) kept for ${held.for.join(' and ')}`,
    over === 'alert' ? 'passed, it tells our own people and stops nothing' : '',
  ].filter((note) => note !== '');
}
