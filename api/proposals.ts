/** Changes of single steps that people at the desk propose, with what they would do; the designer decides. */
import { z } from 'zod';
import type { Whole } from '../core/journey/diff/difference.ts';
import { timeOf, type StepChange } from '../core/journey/step-change.ts';
import { journeyAt, type JourneyVersion } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';
import { decideProposal, getProposal, listProposals, propose, type Proposal } from '../store/proposals/proposals.ts';
import { actorOf } from './authenticate.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { wholeOf } from './explored-version.ts';
import { effectOf, faultsOf } from './proposal-effect.ts';
import { effectShape, proposal, withEffect } from './proposal-shape.ts';
import { agent, bodyRefusals, iso, line, maybeIso, name, pageOf, paging, refusals } from './shapes.ts';
import { noVersion, version } from './version-path.ts';

const stepId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "a step such as 'still-there'");
const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "a language such as 'en' or 'de-CH'");
const asked = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('wait'),
    after: line(100).describe("How long instead, as a journey says it: '2 business days'"),
  }),
  z.strictObject({
    is: z.literal('wording'),
    locale,
    after: z.string().trim().min(1).max(20_000).describe('The whole text, in Liquid'),
  }),
]);
const body = z.strictObject({ agent, journey: name, version, step: stepId, change: asked });

export function proposals(app: Api, deps: ApiDeps): void {
  proposing(app, deps);
  reading(app, deps);
  deciding(app, deps);
}

function proposing(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/proposals/preview',
    schema: {
      tags: ['proposals'],
      summary: 'What a change of one step would do; nothing is kept',
      operationId: 'previewProposal',
      body,
      response: { 200: effectShape, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async ({ body: given }) => {
      const { found, change } = await soundChange(db, given);
      return effectOf(db, found, given.step, change);
    },
  });
  app.route({
    method: 'POST',
    url: '/v1/proposals',
    schema: {
      tags: ['proposals'],
      summary: 'Propose other words for a step, or another wait',
      operationId: 'propose',
      description:
        'It changes nothing by itself: the designer accepts or declines it. The same again, while it is open, is one.',
      body: body.extend({ why: line(500) }),
      response: { 200: withEffect, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async ({ body: { agent: by, why, journey, version: of, step, change: wanted } }) => {
      const { found, change } = await soundChange(db, { journey, version: of, step, change: wanted });
      const made = await propose(db, { journey, version: of, step, change, why, by }, now());
      return { proposal: shown(made), effect: await effectOf(db, found, step, change) };
    },
  });
}

interface Wanted {
  readonly journey: string;
  readonly version: number;
  readonly step: string;
  readonly change: z.output<typeof asked>;
}

/** The change with what it changes, or everything that speaks against it. */
async function soundChange(
  db: Db,
  { journey, version: of, step, change: wanted }: Wanted,
): Promise<{ found: JourneyVersion; change: StepChange }> {
  const found = await journeyAt(db, journey, of);
  if (!found) throw noVersion(journey, of);
  const whole = await wholeOf(db, found);
  const change = asChange(whole, step, wanted);
  if (change.before === change.after)
    throw new Problem('unsound-journey', 'It says so already.', [
      {
        field: 'change.after',
        expected: 'something else than now',
        value: change.after,
        mend: 'Say what should be otherwise.',
      },
    ]);
  const faults = faultsOf(whole, step, change);
  if (faults.length > 0)
    throw new Problem(
      'unsound-journey',
      `With this change it could not be published.`,
      faults.map(({ problem, mend }) => ({
        field: 'change.after',
        expected: 'what `righttouch check` finds nothing wrong with',
        problem,
        mend,
      })),
    );
  return { found, change };
}

function asChange({ journey, templates }: Whole, step: string, wanted: Wanted['change']): StepChange {
  const at = journey.steps[step];
  const refuse = (field: string, problem: string, mend: string): Problem =>
    new Problem('unknown-name', problem, [
      { field, expected: 'a step that says what should be changed', value: step, mend },
    ]);
  if (!at)
    throw refuse(
      'step',
      `'${journey.name}' has no step '${step}'.`,
      `There are: ${Object.keys(journey.steps).join(', ')}.`,
    );
  if (wanted.is === 'wait') {
    const time = timeOf(at);
    if (!time)
      throw refuse('step', `Step '${step}' says no time.`, 'Choose one that waits, promises or asks a person.');
    return { is: 'wait', field: time.field, before: time.said, after: wanted.after };
  }
  const say = 'say' in at ? at.say : undefined;
  const text = templates.find((one) => one.name === say && one.locale === wanted.locale);
  if (!text)
    throw refuse(
      'change.locale',
      `Step '${step}' has no text in '${wanted.locale}'.`,
      'Choose a step that says something, in a language it has.',
    );
  return { is: 'wording', template: text.name, locale: text.locale, before: text.body, after: wanted.after };
}

const numberPath = z.strictObject({ number: z.string().regex(/^(P-)?[1-9]\d{0,14}$/, "a proposal such as 'P-3'") });
const numberIn = (said: string): number => Number(said.replace('P-', ''));
const none = (called: string): Problem => new Problem('not-found', `There is no proposal '${called}'.`);

function reading(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/proposals',
    schema: {
      tags: ['proposals'],
      summary: 'List proposals, newest first',
      operationId: 'listProposals',
      querystring: z.strictObject({
        ...paging,
        state: z.enum(['open', 'accepted', 'declined']).optional(),
        journey: name.optional(),
      }),
      response: { 200: pageOf(proposal), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, state, journey } }) => {
      const [before] = readCursor(after, ['number']) ?? [null];
      const asking = {
        state: state ?? null,
        journey: journey ?? null,
        before: before as number | null,
        limit: limit + 1,
      };
      return page(await listProposals(db, asking), limit, shown, ({ number }) => [number]);
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/proposals/:number',
    schema: {
      tags: ['proposals'],
      summary: 'A proposal, and what it would do',
      operationId: 'getProposal',
      params: numberPath,
      response: { 200: withEffect, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const found = await getProposal(db, numberIn(params.number));
      if (!found) throw none(params.number);
      const of = await journeyAt(db, found.journey, found.version);
      const effect = of && (await effectOf(db, of, found.step, found.change));
      return { proposal: shown(found), effect };
    },
  });
}

function deciding(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/proposals/:number/decision',
    schema: {
      tags: ['proposals'],
      summary: 'Accept a proposal that is written into the journey, or decline it',
      operationId: 'decideProposal',
      description:
        '`righttouch proposals accept` writes it into the project of the journey first. Nothing that runs is changed by it.',
      params: numberPath,
      body: z.strictObject({ as: z.enum(['accepted', 'declined']), because: line(500).nullable().default(null) }),
      response: { 200: proposal, ...refusals(404, 409, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { params, body: decided } = request;
      const number = numberIn(params.number);
      const done = await decideProposal(db, number, { ...decided, by: actorOf(request) }, now());
      if (done) return shown(done);
      const known = await getProposal(db, number);
      if (!known) throw none(params.number);
      throw new Problem(
        'not-possible-now',
        `${shown(known).name} was ${known.state} by ${known.decidedBy ?? 'somebody'} before.`,
      );
    },
  });
}

const shown = ({ at, decidedAt, change, ...one }: Proposal): z.output<typeof proposal> => ({
  ...one,
  name: `P-${String(one.number)}`,
  change: { ...change },
  at: iso(at),
  decidedAt: maybeIso(decidedAt),
});
