import { z } from 'zod';
import { createApiClient, type ApiClient } from '../api-client.ts';
import { asCommandFault, checkProject, count, type Checked } from '../check-project.ts';
import { finishMove, tellMove } from '../finish-move.ts';
import { printJson, type Io } from '../io.ts';
import type { LoadedProject } from '../load-project.ts';
import { projectFolder } from '../project-folder.ts';
import type { ClientOptions } from '../program/declare.ts';
import { asMap, readMap, type Mapped } from '../read-map.ts';
import { misused, refused, type CommandFault, type ExitCode } from '../refusal.ts';
import { pricesOf, tagsOf, type Priced } from '../price-tags.ts';
import { planShape, tellPlans, type Plan } from '../tell-plan.ts';

const answer = z.looseObject({
  published: z.array(
    z.looseObject({ name: z.string(), version: z.number(), isNew: z.boolean(), move: z.string().nullable() }),
  ),
});
const plans = z.looseObject({ journeys: z.array(planShape) });

export interface PublishOptions extends ClientOptions {
  readonly to?: string;
  readonly dryRun?: true;
  readonly keep?: true;
  readonly move?: readonly string[];
}

/** Nothing is sent unless the whole project is sound, and nothing is published before it is told what that changes. */
export async function publish(
  io: Io,
  named: string | undefined,
  { to, dryRun, keep, move = [], ...options }: PublishOptions,
): Promise<ExitCode> {
  if (to !== undefined && options.url !== undefined && to !== options.url)
    throw misused(`--to is '${to}' and --url is '${options.url}'. They mean the same: give one of them.`);
  const moved = readMap(move);
  const folder = projectFolder(io, named);
  const client = createApiClient(io, to === undefined ? options : { ...options, url: to });
  const { project, explored } = await soundProject(folder);
  const { journeys: planned } = await client.call('POST', '/v1/journeys/plan', plans, {
    body: bundle(project, new Map()),
  });
  const prices = pricesOf(planned, explored);
  if (!options.json) tellPlans(io, planned, tagsOf(prices));
  const others = othersOf(planned, moved, keep === true);
  const blocked = planned.filter(({ name, isNew, going }) => isNew && going !== null && others.get(name)?.move);
  if (dryRun) {
    if (options.json) printJson(io, { url: client.url, plans: shown(planned, prices), published: [] });
    else {
      for (const { name, next, version, isNew } of planned)
        io.out(
          `${name} ${String(next)}: ${version === null ? 'would be new' : isNew ? 'would be published' : 'unchanged'}`,
        );
      io.out('Nothing was published.');
    }
    for (const { going } of blocked) io.tell(going?.says ?? '');
    const left = undecided(planned, others);
    if (left.length > 0) tellUndecided(io, left);
    return left.length + blocked.length === 0 ? 0 : 1;
  }
  const left = undecided(planned, others);
  if (left.length > 0) throw refused(saysWho(left), left.flatMap(mends));
  return send(io, client, bundle(project, others), shown(planned, prices), options);
}

async function soundProject(folder: string): Promise<Extract<Checked, { ok: true }>> {
  const checked = await checkProject(folder);
  if (!checked.ok)
    throw refused(
      `${count(checked.faults.length, 'fault')}; nothing was published.`,
      checked.faults.map(asCommandFault),
    );
  if (checked.project.journeys.length === 0)
    throw refused(`There is no journey in ${folder}. Export one, then publish.`);
  return checked;
}

/** As JSON: what was published before is known, and only its price is told. */
const shown = (planned: readonly Plan[], prices: ReadonlyMap<string, Priced>) =>
  planned.map(({ before: _, ...plan }) => ({ ...plan, price: prices.get(plan.name) ?? null }));

interface Others {
  readonly keep?: true;
  readonly move?: Readonly<Record<string, string>>;
}
const bundle = ({ words, policy, templates, journeys }: LoadedProject, others: ReadonlyMap<string, Others>) => ({
  words,
  policy,
  templates,
  journeys: journeys.map((definition) => {
    const said = others.get(definition.name);
    return { definition, ...(said && { others: said }) };
  }),
});

/** A mapping without a journey is for each in which somebody would be left at that step. */
function othersOf(planned: readonly Plan[], moved: readonly Mapped[], keep: boolean): ReadonlyMap<string, Others> {
  // What was published and not moved to the end is gone on with: the same command names who is on the way already.
  const isLeft = ({ orphans, isNew, going }: Plan, step: string): boolean =>
    orphans?.steps.some((at) => at.step === step) === true || (!isNew && going?.steps?.includes(step) === true);
  for (const { journey, from } of moved)
    if (!planned.some((plan) => (journey === null ? isLeft(plan, from) : plan.name === journey)))
      throw refused(
        journey === null
          ? `Nobody would be left at '${from}': it need not be mapped. Name the journey to move them all the same: --move JOURNEY/${from}=STEP.`
          : `No journey '${journey}' is published here.`,
      );
  return new Map(
    planned.flatMap((plan): (readonly [string, Others])[] => {
      const own = moved.filter(({ journey, from }) => (journey === null ? isLeft(plan, from) : journey === plan.name));
      if (!keep && own.length === 0) return [];
      return [[plan.name, { ...(keep && { keep: true as const }), ...(own.length > 0 && { move: asMap(own) }) }]];
    }),
  );
}

/** Who would be left where the new version does not go, and nobody said what becomes of them. */
const undecided = (planned: readonly Plan[], others: ReadonlyMap<string, Others>): readonly Plan[] =>
  planned.filter(({ name, orphans }) => {
    const said = others.get(name);
    return orphans !== null && !said?.keep && orphans.steps.some(({ step }) => said?.move?.[step] === undefined);
  });

const saysWho = (left: readonly Plan[]): string =>
  `${left.map(({ orphans }) => orphans?.says ?? '').join(' ')} Nothing was published.`;
const mends = ({ name, orphans }: Plan): CommandFault[] =>
  (orphans?.steps ?? []).map(({ step, customers, because }) => ({
    says:
      `${name}: ${count(customers, 'customer')} at '${step}', and ${because}. ` +
      `Move them with --move ${step}=STEP, or keep them where they are, with all it was published with: --keep.`,
    parts: { journey: name, step, customers, because },
  }));
function tellUndecided(io: Io, left: readonly Plan[]): void {
  io.tell(saysWho(left));
  for (const { says } of left.flatMap(mends)) io.tell(`  ${says}`);
}

async function send(
  io: Io,
  client: ApiClient,
  body: ReturnType<typeof bundle>,
  planned: unknown,
  options: ClientOptions,
): Promise<ExitCode> {
  const { published } = await client.call('POST', '/v1/journeys', answer, { body });
  const moves = [];
  for (const { move } of published) if (move !== null) moves.push(await finishMove(client, move));
  if (options.json) printJson(io, { url: client.url, plans: planned, published, moves });
  else {
    for (const { name, version, isNew } of published)
      io.out(`${name} ${String(version)}: ${isNew ? 'new' : 'unchanged'}`);
    for (const done of moves) tellMove(io, done);
  }
  return 0;
}
