/** Who makes a touch, by which channel, and whether it may go now: decided, stored with all that was considered, and answered. */
import { chooseReach } from '../core/budget/choose-reach.ts';
import { prefer, type Manner } from '../core/budget/prefer.ts';
import type { Candidate } from '../core/budget/ask.ts';
import { valuesRead } from '../core/journey/holds.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Fate, TouchStep } from '../core/journey/table.ts';
import type { Template } from '../core/journey/template.ts';
import type { Counts, RunState, TouchAnswer, TouchProgress } from '../core/run/types.ts';
import { getCustomer, type Customer } from '../store/customers.ts';
import { recordWithPerson } from '../store/record-with-person.ts';
import { giveToPerson } from './give-to-person.ts';
import type { Deps } from './deps.ts';
import { runOf, type Who } from './run-of.ts';
import { sendWithinMs } from '../core/budget/asked.ts';
import { templateOf } from './template-of.ts';
import { valuesOf } from './values-of.ts';

export interface TouchAsked {
  readonly enrolment: string;
  readonly step: string;
  readonly visit: number;
  readonly touch: TouchProgress;
  readonly seen: number;
  readonly facts: RunState['facts'];
  readonly counts: Counts;
}
type StepAsked = Omit<TouchAsked, 'enrolment'>;
export type Reserved = { readonly is: 'reserved'; readonly channel: Channel } | TouchAnswer;

/** What a person decides of a touch that was given to them. */
const outcomes = ['done', 'not needed'];

export async function reserveTouch(deps: Deps, asked: TouchAsked): Promise<Reserved> {
  const run = await runOf(deps.db, asked.enrolment);
  const step = run.journey.steps[asked.step];
  if (step?.kind !== 'touch') throw new Error(`Step '${asked.step}' of '${run.journey.name}' is no touch`);
  return reserveStep(deps, run, step, asked);
}

/** Also for what no step of a journey says, the word that a promise takes longer, and for those in a broadcast. */
export async function reserveStep(deps: Deps, run: Who, step: TouchStep, asked: StepAsked): Promise<Reserved> {
  const customer = run.customer ?? (await getCustomer(deps.db, run.customerId));
  if (!customer) throw new Error(`Customer of touch ${asked.touch.id} is gone`);
  const { manner, considered } = await choose(deps, run, step, asked);
  if (manner.madeBy === 'human') return handOver(deps, run, step, asked, manner, considered);

  const template = templateOf(run.templates, step.say, customer.locale);
  const ways = waysTo(deps, customer, template, manner, asked.touch);
  const answer = await deps.budgets.reserve({
    touchId: asked.touch.id,
    ask: asked.touch.ask,
    customerId: run.customerId,
    journey: run.journey.name,
    purpose: step.purpose,
    madeBy: 'tech',
    ...(step.cause === undefined ? {} : { cause: step.cause }),
    assumes: template?.assumes ?? [],
    candidates: ways.candidates,
    substitutes: ways.substitutes,
    ...(step.quiet === undefined ? {} : { quiet: step.quiet }),
    fate: manner.fate,
    firstAskedAt: asked.touch.since,
    ...(step.purpose === 'service' && customer.wroteAt !== null ? { answersInboundAt: customer.wroteAt } : {}),
    sendWithinMs: sendWithin(deps),
    policy: run.policy,
    about: {
      ...(run.enrolment === null ? {} : { enrolmentId: run.enrolment }),
      version: run.version,
      step: asked.step,
      visit: asked.visit,
      template: step.say,
      considered: { rules: considered, skipped: ways.skipped },
    },
  });
  switch (answer.is) {
    case 'reserved':
      return { is: 'reserved', channel: answer.channel };
    case 'deferred':
      return { is: 'deferred', until: answer.until, because: answer.because, fate: answer.fate };
    case 'dropped':
      return { is: 'dropped', because: answer.because };
    case 'withdrawn':
      return { is: 'withdrawn' };
    case 'to-human': {
      const because = `A message ('${step.say}') could not go out: ${answer.says}`;
      await giveToPerson(deps, run, {
        of: asked.touch.id,
        step: asked.step,
        team: answer.team ?? manner.team,
        because,
        outcomes,
      });
      return { is: 'with-person' };
    }
  }
}

/** The touch's own rules, then the journey's: who makes it, how it reaches, and its fate, if nothing of that is used up yet. */
async function choose(deps: Deps, run: Who, step: TouchStep, asked: StepAsked) {
  const rules = step.prefer ?? [];
  const valueOf = await valuesOf(
    deps,
    run,
    { ...asked, team: step.team },
    rules.flatMap((r) => valuesRead(r.when)),
  );
  const said: Manner = {
    madeBy: step.madeBy,
    ...(step.within === undefined ? {} : { within: step.within }),
    team: step.team,
    reach: step.reach,
    fate: step.fate,
  };
  const chosen = prefer(said, rules, valueOf);
  // Once part of a fate has been waited for, what is left of it counts, and no rule begins it again.
  const isWhole = JSON.stringify(asked.touch.fate) === JSON.stringify(step.fate);
  const manner = isWhole ? chosen.manner : { ...chosen.manner, fate: asked.touch.fate };
  return { manner, considered: chosen.considered };
}

async function handOver(
  deps: Deps,
  run: Who,
  step: TouchStep,
  asked: StepAsked,
  manner: Manner,
  considered: unknown,
): Promise<TouchAnswer> {
  const because = `A person makes this contact: '${step.say}'`;
  await recordWithPerson(deps.db, {
    id: asked.touch.id,
    ask: asked.touch.ask,
    customerId: run.customerId,
    enrolmentId: run.enrolment,
    journey: run.journey.name,
    version: run.version,
    step: asked.step,
    visit: asked.visit,
    purpose: step.purpose,
    cause: step.cause ?? null,
    template: step.say,
    considered: { rules: considered, skipped: [] },
    because,
    now: deps.clock.now(),
  });
  await giveToPerson(deps, run, {
    of: asked.touch.id,
    step: asked.step,
    team: manner.team,
    because,
    outcomes,
    ...(manner.within === undefined ? {} : { within: manner.within }),
  });
  return { is: 'with-person' };
}

function waysTo(deps: Deps, customer: Customer, template: Template | null, manner: Manner, touch: TouchProgress) {
  const facts = {
    wroteOn: customer.wroteOn,
    preferred: customer.preferredChannel,
    addresses: Object.fromEntries(customer.addresses.map((a) => [a.channel, a.address])),
    template: Object.keys(template?.channels ?? {}) as Channel[],
    configured: Object.values(deps.channels).flatMap((c) => (c.configured ? [c.channel] : [])),
    failed: touch.failed,
  };
  const chosen = chooseReach(manner.reach, facts);
  const skipped = chosen.skipped.flatMap((s): Candidate[] =>
    s.channel ? [{ channel: s.channel, skipped: s.because }] : [],
  );
  const substitutes = chooseReach(substitutesIn(manner.fate), facts);
  return {
    candidates: [...chosen.candidates, ...skipped],
    substitutes: substitutes.candidates,
    skipped: chosen.skipped.map((s) => s.because),
  };
}

function substitutesIn(fate: Fate): Channel[] {
  if (typeof fate === 'string' || fate.fate === 'toHuman') return [];
  return [...(fate.fate === 'substitute' ? [fate.channel] : []), ...substitutesIn(fate.then)];
}

/** How long a place is kept for its send. On a fast clock at least a real minute: workers run no faster than elsewhere. */
const sendWithin = ({ clock }: Deps): number => Math.max(sendWithinMs, 60_000 * clock.spec.rate);
