/** Who makes a touch, by which channel, and whether it may go now: decided, stored with all that was considered, and answered. */
import { askOf } from '../core/budget/ask-of.ts';
import { sendWithinMs } from '../core/budget/asked.ts';
import { mannerOf } from '../core/budget/manner-of.ts';
import type { Considered, Manner } from '../core/budget/prefer.ts';
import { couldNotGoOut, outcomesOfTouch, personMakes } from '../core/budget/with-person.ts';
import { valuesRead } from '../core/journey/holds.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { TouchStep } from '../core/journey/table-steps.ts';
import { templateFor } from '../core/journey/template-for.ts';
import type { Counts } from '../core/run/commands.ts';
import type { TouchAnswer } from '../core/run/inputs.ts';
import type { RunState, TouchProgress } from '../core/run/state.ts';
import { forecastOf, saySlowed, slowedUntil } from '../core/task/forecast.ts';
import { getCustomer, type Customer } from '../store/customers.ts';
import { recordSlowed, recordWithPerson, type PersonsTouch } from '../store/record-with-person.ts';
import { teamLoad } from '../store/teams/load.ts';
import { giveToPerson, type PersonAsked } from './give-to-person.ts';
import { configuredIn, type Deps } from './deps.ts';
import { runOf, type Who } from './run-of.ts';
import { tellSoftCaps } from './tell-soft-caps.ts';
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
/** `seen` is null where no run waits for it: nothing that arrives overtakes it. */
type StepAsked = Omit<TouchAsked, 'enrolment' | 'seen'> & { readonly seen: number | null };
export type Reserved = { readonly is: 'reserved'; readonly channel: Channel } | TouchAnswer;

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

  const { ask, skipped } = askOf({
    journey: run.journey.name,
    step,
    touch: asked.touch,
    manner,
    template: templateFor(run.templates, step.say, customer.locale),
    customer: reachableAt(customer),
    configured: configuredIn(deps),
  });
  const answer = await deps.budgets.reserve({
    ...ask,
    sendWithinMs: sendWithin(deps),
    policy: run.policy,
    about: {
      ...(run.enrolment === null ? {} : { enrolmentId: run.enrolment }),
      version: run.version,
      step: asked.step,
      visit: asked.visit,
      template: step.say,
      considered: { rules: considered, skipped },
    },
  });
  switch (answer.is) {
    case 'reserved':
      await tellSoftCaps(deps, run.policy, customer.id, answer.warnings);
      return { is: 'reserved', channel: answer.channel };
    case 'deferred':
      return { is: 'deferred', until: answer.until, because: answer.because, fate: answer.fate };
    case 'dropped':
      return { is: 'dropped', because: answer.because };
    case 'withdrawn':
      return { is: 'withdrawn' };
    case 'to-human':
      return withPerson(deps, run, asked, {
        team: answer.team ?? manner.team,
        because: couldNotGoOut(step.say, answer.says),
      });
  }
}

/** Fenced as a send is: what the run has not heard, such as that it was stopped, comes before a person is asked. */
async function withPerson(
  deps: Deps,
  run: Who,
  { touch, step, seen }: StepAsked,
  given: Pick<PersonAsked, 'team' | 'because' | 'within'>,
): Promise<TouchAnswer> {
  const opened = await giveToPerson(deps, run, { ...given, of: touch.id, step, seen, outcomes: outcomesOfTouch });
  return opened.is === 'overtaken' ? opened : { is: 'with-person' };
}

/** Only the values that its rules read are looked up. */
async function choose(deps: Deps, run: Who, step: TouchStep, asked: StepAsked) {
  const paths = (step.prefer ?? []).flatMap((rule) => valuesRead(rule.when));
  return mannerOf(step, asked.touch.fate, await valuesOf(deps, run, { ...asked, team: step.team }, paths));
}

async function handOver(
  deps: Deps,
  run: Who,
  step: TouchStep,
  asked: StepAsked,
  manner: Manner,
  considered: readonly Considered[],
): Promise<TouchAnswer> {
  const because = personMakes(step.say);
  const touch = touchOfPerson(deps, run, step, asked, considered);
  const slowed = step.purpose === 'service' ? null : await slowedBy(deps, run, manner.team, asked.touch.since);
  if (slowed) {
    await recordSlowed(deps.db, { ...touch, because: slowed.says }, slowed.until);
    return { is: 'deferred', until: slowed.until, because: 'the team has too much', fate: asked.touch.fate };
  }
  await recordWithPerson(deps.db, { ...touch, because });
  return withPerson(deps, run, asked, {
    team: manner.team,
    because,
    ...(manner.within === undefined ? {} : { within: manner.within }),
  });
}

/** What pours onto a team is limited: null: it may have this one now. */
async function slowedBy(
  { db, clock }: Deps,
  { words }: Who,
  team: string,
  since: number,
): Promise<{ readonly until: number; readonly says: string } | null> {
  const waitAtMost = words.teams[team]?.waitAtMost ?? null;
  if (waitAtMost === null) return null;
  const now = clock.now();
  const forecast = forecastOf(await teamLoad(db, team, now));
  const until = slowedUntil({ forecast, waitAtMost, since, now });
  return until === null ? null : { until, says: saySlowed(team, forecast, waitAtMost) };
}

const touchOfPerson = (
  { clock }: Deps,
  run: Who,
  step: TouchStep,
  asked: StepAsked,
  considered: readonly Considered[],
): Omit<PersonsTouch, 'because'> => ({
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
  now: clock.now(),
});

const reachableAt = ({ id, wroteOn, wroteAt, preferredChannel, addresses }: Customer) => ({
  id,
  wroteOn,
  wroteAt,
  preferred: preferredChannel,
  addresses: Object.fromEntries(addresses.map(({ channel, address }) => [channel, address])),
});

/** How long a place is kept for its send. On a fast clock at least a real minute: workers run no faster than elsewhere. */
const sendWithin = ({ clock }: Deps): number => Math.max(sendWithinMs, 60_000 * clock.spec.rate);
