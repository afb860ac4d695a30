/** What the language costs whoever writes in it: type check, proof, import, package, and the replay of what was written. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import ts from 'typescript';
import { packageRoot } from '../cli/dev/folders.ts';
import { loadProject } from '../cli/load-project.ts';
import { explore } from '../core/explore/explored.ts';
import { largeJourney } from './large-journey.ts';
import type { Bench } from './main.ts';
import { median } from './measure.ts';

export const language: Bench = async ({ quick, tell }) => {
  const rounds = quick ? 1 : 5;
  const folder = mkdtempSync(join(packageRoot, 'dist', 'bench-language-'));
  try {
    typeChecks(folder, rounds, tell);
    await explorations(folder, rounds, tell);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  imports(rounds, tell);
  size(tell);
  await replays(quick ? 5 : 40, tell);
};

type Tell = (line: string) => void;
const timed = (work: () => void): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

function typeChecks(folder: string, rounds: number, tell: Tell): void {
  copyFileSync(join(packageRoot, 'journeys/words.ts'), join(folder, 'words.ts'));
  const sizes = [0, 15, 60, 180];
  const times = sizes.map((steps) => {
    const file = join(folder, steps === 0 ? 'words.ts' : `journey-${String(steps)}.ts`);
    if (steps > 0) writeFileSync(file, largeJourney(steps));
    const check = (): void => {
      const program = ts.createProgram([file], {
        strict: true,
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2023,
        allowImportingTsExtensions: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
        paths: { righttouch: [join(packageRoot, 'righttouch.ts')] },
      });
      const [fault] = ts.getPreEmitDiagnostics(program);
      if (fault) throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
    };
    return median(Array.from({ length: rounds }, () => timed(check)));
  });
  const [words = NaN] = times;
  sizes.forEach((steps, i) => {
    const ms = times[i] ?? NaN;
    const what = steps === 0 ? 'the words alone' : `a journey of ${String(steps)} steps`;
    tell(`type check of ${what}: ${(ms / 1000).toFixed(2)} s, ${(ms / words).toFixed(2)} × the words alone`);
  });
}

/** What `check` takes to walk every way: the samples, and a journey of 60 steps. */
async function explorations(folder: string, rounds: number, tell: Tell): Promise<void> {
  const project = join(folder, 'explored');
  cpSync(join(packageRoot, 'journeys'), project, { recursive: true });
  writeFileSync(join(project, 'large.ts'), largeJourney(60));
  const loaded = await loadProject(project);
  for (const journey of loaded.journeys) {
    const limitMs = journey.name === 'large' ? 10_000 : 1_000;
    const found = explore(journey, loaded);
    const ms = median(Array.from({ length: rounds }, () => timed(() => explore(journey, loaded))));
    const steps = Object.keys(journey.steps).length;
    tell(
      `check of ${journey.name} (${String(steps)} steps): ${String(found.moments)} moments in ${ms.toFixed(0)} ms, ` +
        `${(ms / limitMs).toFixed(2)} × the limit of ${String(limitMs / 1000)} s`,
    );
  }
}

/** A process that imports the language beside one that imports nothing. */
function imports(rounds: number, tell: Tell): void {
  const run = (code: string): number =>
    timed(() => spawnSync(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' }));
  const pairs = Array.from({ length: rounds * 2 }, () => ({
    nothing: run(''),
    language: run(`await import(${JSON.stringify(join(packageRoot, 'dist/index.js'))})`),
  }));
  const [nothing, all] = [median(pairs.map((p) => p.nothing)), median(pairs.map((p) => p.language))];
  tell(
    `import of the language: ${(all - nothing).toFixed(0)} ms beyond an empty process, ${(all / nothing).toFixed(2)} × one`,
  );
}

function size(tell: Tell): void {
  const seen = new Set<string>();
  const add = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, part = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|\} from) ?"(\.[^"]+)"/gm))
      add(join(file, '..', part));
  };
  add(join(packageRoot, 'dist/index.js'));
  const bytes = [...seen].reduce((sum, file) => sum + statSync(file).size, 0);
  tell(`the language is ${(bytes / 1024).toFixed(0)} KB in ${String(seen.size)} files, not minified`);
  const bundle = statSync(join(packageRoot, 'dist/workflows.bundle.js')).size;
  tell(`the workflow bundle is ${(bundle / 1024).toFixed(0)} KB`);
}

/** Each recorded history many times over: what a wake-up costs that finds its run no longer in memory. */
async function replays(times: number, tell: Tell): Promise<void> {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
  const folder = join(packageRoot, 'test/replay/histories/rules-1');
  // Those of runs: tasks and promises are rows that somebody only sleeps for.
  for (const name of readdirSync(folder).filter((file) => /^(inquiry|offer)/.test(file))) {
    const history = historyFromJSON(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const events = history.events?.length ?? NaN;
    const copies = Array.from({ length: times }, (_, n) => ({ workflowId: `replayed-${String(n)}`, history }));
    const began = performance.now();
    const options = { workflowBundle: { codePath: join(packageRoot, 'dist/workflows.bundle.js') } };
    for await (const { error } of Worker.runReplayHistories(options, copies)) if (error) throw error;
    const ms = (performance.now() - began) / times;
    tell(
      `replay of ${name.replace('.json', '')}: ${ms.toFixed(1)} ms, ${(ms / events).toFixed(2)} ms an event (${String(events)})`,
    );
  }
}
