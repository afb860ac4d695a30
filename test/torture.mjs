/**
 * `npm run torture [-- name …] [-- --quick]`: what the engine must survive, at the size of a night, each with its figures printed. Without a name, all of
 * them. `--quick`: as small as in `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** Each is a test file that takes its size from the environment. */
const tortures = {
  merges: { file: 'test/store/merge/under-load', project: 'servers', night: { RT_MERGE_PAIRS: '1000' } },
  three: {
    file: 'test/story/exactly-three',
    project: 'servers',
    night: { RT_PROCESSES: '6', RT_KILLS: '40', RT_PEOPLE: '20', RT_WINDOWS: '2' },
  },
  together: {
    file: 'test/store/budget/killed-together',
    project: 'servers',
    night: { RT_PROCESSES: '32', RT_KILLS: '200', RT_PEOPLE: '40' },
  },
  sends: { file: 'test/store/budget/killed-sends', project: 'servers', night: { RT_KILLS: '1000' } },
  crashes: { file: 'test/store/budget/crashed-reservations', project: 'servers', night: { RT_CRASHES: '1000' } },
  database: { file: 'test/store/budget/killed-database', project: 'servers', night: { RT_KILLS: '50' } },
  stops: { file: 'test/story/stop', project: 'servers', night: { RT_STOPS: '1000' } },
  oracle: {
    file: 'test/core/budget/(oracle|interleavings)',
    project: 'pure',
    night: { BUDGET_CASES: '1000000', BUDGET_SEED: String(Date.now() % 1_000_000_000) },
  },
  tasks: { file: 'test/store/tasks/many', project: 'servers', night: { RT_TASKS: '10000' } },
  broadcast: { file: 'test/story/broadcast-killed', project: 'servers', night: { RT_PEOPLE: '100000' } },
  outage: { file: 'test/story/outage', project: 'servers', night: {} },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : Object.keys(tortures);
const unknown = names.filter((name) => !(name in tortures));
if (unknown.length > 0) {
  console.error(`There is no torture called ${unknown.join(', ')}. There are: ${Object.keys(tortures).join(', ')}.`);
  process.exit(2);
}
const failed = names.filter((name) => {
  const { file, project, night } = tortures[name];
  console.log(`\n${name}`, values.quick ? {} : night);
  const jest = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
  const { status } = spawnSync(process.execPath, [...jest, file, '--selectProjects', project], {
    stdio: 'inherit',
    env: { ...process.env, ...(values.quick ? {} : night) },
  });
  return status !== 0;
});
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
