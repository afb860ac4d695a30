/** Reads what should be published: each part for its shape, then all of it together, and refuses it with all faults at once. */
import { countSegments } from '../channels/segments.ts';
import { variablesOf } from '../channels/templates.ts';
import { check } from '../core/journey/check.ts';
import type { Fault } from '../core/journey/fault.ts';
import { readJourney, readPolicy, readTemplates, readWords } from '../core/journey/read.ts';
import type { Journey } from '../core/journey/table.ts';
import type { StepMap } from '../core/run/move-state.ts';
import type { Others } from '../store/moves/would-orphan.ts';
import type { Publication } from '../store/publish.ts';
import { Problem, type FieldFault } from './problems.ts';

export interface Bundle {
  words: Readonly<Record<string, unknown>>;
  policy: Readonly<Record<string, unknown>>;
  templates: readonly Readonly<Record<string, unknown>>[];
  journeys: readonly {
    definition: Readonly<Record<string, unknown>>;
    version?: number | undefined;
    others?: { keep?: true | undefined; move?: StepMap | undefined } | undefined;
  }[];
}

export function readPublication(bundle: Bundle): Pick<Publication, 'words' | 'policy' | 'templates' | 'journeys'> {
  const words = readWords(bundle.words);
  const policy = readPolicy(bundle.policy);
  const templates = readTemplates(bundle.templates);
  const journeys = bundle.journeys.map(({ definition }) => readJourney(definition));
  const shapes = [
    ...faultsIn('words', words),
    ...faultsIn('policy', policy),
    ...faultsIn('templates', templates),
    ...journeys.flatMap((read, i) => faultsIn(`journeys.${i}.definition`, read)),
  ];
  const sound = journeys.flatMap((read) => (read.ok ? [read.journey] : []));
  if (shapes.length > 0 || !words.ok || !policy.ok || !templates.ok) throw unsound(shapes);
  const project = { words: words.words, policy: policy.policy, templates: templates.templates, journeys: sound };
  refuseFaults(check(project, { variablesOf, countSegments }), sound);
  return {
    words: project.words,
    policy: project.policy,
    templates: project.templates,
    journeys: sound.map((definition, i) => {
      const { version, others } = bundle.journeys[i] ?? {};
      return {
        definition,
        ...(version !== undefined && { version }),
        ...(others !== undefined && { others: othersOf(others) }),
      };
    }),
  };
}

/** Throws, if there are any. */
export function refuseFaults(faults: readonly Fault[], journeys: readonly Named[]): void {
  if (faults.length > 0) throw unsound(faults.map((fault) => asField(fault, fieldOf(fault, journeys))));
}

const othersOf = ({ keep, move }: NonNullable<Bundle['journeys'][number]['others']>): Others => ({
  ...(keep && { keep }),
  ...(move && { move }),
});

type Read = { readonly ok: true } | { readonly ok: false; readonly faults: readonly Fault[] };
const faultsIn = (field: string, read: Read): FieldFault[] =>
  read.ok
    ? []
    : read.faults.map((fault) => asField(fault, fault.step === undefined ? field : `${field}.steps.${fault.step}`));

type Named = Pick<Journey, 'name'>;
function fieldOf({ journey, step }: Fault, journeys: readonly Named[]): string {
  const at = journeys.findIndex(({ name }) => name === journey);
  if (at < 0) return 'body';
  return `journeys.${at}.definition${step === undefined ? '' : `.steps.${step}`}`;
}

const asField = (fault: Fault & { readonly story?: readonly string[] }, field: string): FieldFault => ({
  field,
  expected: 'what `righttouch check` finds nothing wrong with',
  mend: fault.mend,
  problem: fault.problem,
  ...(fault.story && fault.story.length > 0 && { story: fault.story }),
});

const unsound = (faults: readonly FieldFault[]): Problem =>
  new Problem(
    'unsound-journey',
    `What should be published has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}. Nothing was published.`,
    faults,
  );
