import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { loadProject } from '../../../cli/load-project.ts';
import { recordAll, repeated, type Recorded } from './corpus.ts';

const folder = fileURLToPath(new URL('corpus/', import.meta.url));
const at = (name: string): string => `${folder}${name}`;

/** Recorded anew only on purpose: RT_RECORD=1. Whatever then differs is what the reducer does otherwise than before. */
beforeAll(async () => {
  if (!process.env['RT_RECORD']) return;
  const { journeys } = await loadProject(fileURLToPath(new URL('../../../journeys/', import.meta.url)));
  mkdirSync(folder, { recursive: true });
  for (const [name, recorded] of Object.entries(recordAll(journeys))) {
    const lines = recorded.map((one) => JSON.stringify(one)).join(',\n');
    writeFileSync(at(`${name}.json`), `[\n${lines}\n]\n`);
  }
}, 60_000);

const recordings = (): readonly (readonly [string, Recorded])[] =>
  readdirSync(folder).flatMap((file) =>
    (JSON.parse(readFileSync(at(file), 'utf8')) as Recorded[]).map((one, i) => [`${file} ${i + 1}`, one] as const),
  );

test('recorded inputs lead to the states and commands they led to when they were recorded, byte for byte', () => {
  const differing = recordings().flatMap(([name, recorded]) => {
    const again = repeated(recorded).runs;
    return recorded.runs.flatMap(({ steps }, run) =>
      steps.flatMap((step, i) => {
        const today = again[run]?.steps[i];
        return JSON.stringify({ ...today, changed: step.changed }) === JSON.stringify(step)
          ? []
          : [{ where: `${name}, run ${run}, ${i}`, step, today }];
      }),
    );
  });
  expect({ differing: differing.length, first: differing[0] }).toEqual({ differing: 0, first: undefined });
});

test('what is recorded meets every kind of step and of command, and stays small', () => {
  const all = recordings();
  const entered = all.flatMap(([, recorded]) =>
    repeated(recorded).runs.flatMap(({ steps }) =>
      steps.flatMap(({ changed }) =>
        Object.keys(changed?.['visits'] ?? {}).map((step) => recorded.journey.steps[step]?.kind),
      ),
    ),
  );
  const asked = all.flatMap(([, { runs }]) =>
    runs.flatMap(({ steps }) => steps.flatMap((step) => step.commands.split(' '))),
  );
  const steps = 'touch listen pause choose split repeat escalate promise remind ask answer offerCall lookUp act end';
  expect(steps.split(' ').filter((kind) => !entered.some((met) => met === kind))).toEqual([]);
  const commands =
    'touch withdraw converse look-up act split remind open-task close-reason find-moment find-arm promise end';
  expect(commands.split(' ').filter((command) => !asked.includes(command))).toEqual([]);
  expect(all.length).toBeGreaterThan(50);
  expect(readdirSync(folder).reduce((sum, file) => sum + statSync(at(file)).size, 0)).toBeLessThan(430_000);
});
