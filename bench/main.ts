/** `npm run bench [name …]`: each bench by its name, all of them without one. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Shorter, to see that it runs. */
  readonly quick: boolean;
  readonly tell: (line: string) => void;
}
export type Bench = (options: BenchOptions) => Promise<void>;

/** Loaded when they are wanted: one may need what another does not have. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  budget: async () => (await import('./budget/index.ts')).budget,
  touches: async () => (await import('./touches.ts')).touches,
  decide: async () => (await import('./decide.ts')).decide,
  language: async () => (await import('./language.ts')).language,
  broadcast: async () => (await import('./broadcast.ts')).broadcast,
  why: async () => (await import('./why.ts')).why,
  routing: async () => (await import('./routing.ts')).routing,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of names) {
    console.log(`\n${name}`);
    const bench = await benches[name]?.();
    await bench?.({ quick: values.quick, tell: (line) => console.log(`  ${line}`) });
  }
}
