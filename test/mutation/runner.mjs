/**
 * Stryker's runner for the tests of pure code. Jest takes seconds to begin, and a mutant of a pure function is tried in milliseconds: the
 * files of tests are one script here, run by jest's own circus and expect within one process. For each mutant each file begins anew, with
 * the mutant at work from its first line: nothing that one left behind is seen by the next, and there is nothing static to leave out.
 */
import * as circus from 'jest-circus';
import { bundleTests, testFilesIn } from './bundle.mjs';
import { allowMs, cpuMs, isStopped, watched } from './watch.mjs';

// A small share of the cases; BUDGET_CASES=0 leaves the oracle out, for a first look.
process.env['BUDGET_CASES'] ??= '300';
process.env['RT_CASES'] ??= '100';

const folder = 'test/core/budget';
// Thousands of instants, and lives of hundreds of steps: of use once a night, not once a mutant.
const leftOut =
  process.env['BUDGET_CASES'] === '0'
    ? /^(daylight-saving|nobody-starves|interleavings|oracle)/
    : /^(daylight-saving|nobody-starves|interleavings)/;
const last = /^(gates|oracle)\.test\.ts$/;
const testTimeoutMs = 60_000;
// What is stopped counts as killed, so it must have had time enough.
const [atLeastMs, mostTimesLonger] = [500, 5];
// Stryker's own numbers.
const [success, failed, skipped] = [0, 1, 2];

class PureTestRunner {
  #files = [];
  #tests = null;
  /** What each test needed of the processor without a mutant. */
  #needs = new Map();

  capabilities = () => ({ reloadEnvironment: true });

  async init() {
    this.#files = testFilesIn(folder, { leftOut, last });
    this.#tests = await bundleTests(this.#files);
  }

  async dryRun() {
    const tests = [];
    const perTest = {};
    for (const file of this.#files) {
      const { mutantCoverage } = strykerGlobal({ mutantCoverage: { static: {}, perTest: {} } });
      const ofFile = await this.#run(file, {});
      // What a file passes while it begins, all of its tests stand on.
      for (const { id } of ofFile) perTest[id] = sum(mutantCoverage.static, mutantCoverage.perTest[id]);
      tests.push(...ofFile);
    }
    for (const { id, timeSpentMs } of tests) this.#needs.set(id, timeSpentMs);
    return { status: 'complete', tests, mutantCoverage: { static: {}, perTest } };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const stryker = strykerGlobal({
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    const wanted = testFilter && new Set(testFilter);
    const files = new Set(testFilter?.map(fileOf));
    let nrOfTests = 0;
    for (const file of this.#files) {
      if (wanted && !files.has(file)) continue;
      const tests = await this.#run(file, { wanted, isOneFailureEnough: true });
      nrOfTests += tests.filter(({ status }) => status !== skipped).length;
      if (isStopped()) return { status: 'timeout', reason: 'It took far longer than without the mutant' };
      if (hitLimit !== undefined && stryker.hitCount > hitLimit)
        return { status: 'timeout', reason: `Hit limit reached (${stryker.hitCount}/${hitLimit})` };
      const killer = tests.find(({ status }) => status === failed);
      if (killer) return { status: 'killed', killedBy: [killer.id], failureMessage: killer.failureMessage, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  /** What came of each test of a file; one that cannot even begin has failed as its first. */
  async #run(file, { wanted, isOneFailureEnough = false }) {
    const results = [];
    const told = (n, name, startedAt) => ({
      id: idOf(file, n),
      name,
      fileName: file,
      timeSpentMs: cpuMs() - startedAt,
    });
    let n = 0;
    let startedAt = cpuMs();
    let hasFailed = false;
    const follow = ({ name, test }) => {
      if (name === 'test_start') {
        n += 1;
        startedAt = cpuMs();
        const { fn } = test;
        test.fn = () => {
          allowMs(atLeastMs + mostTimesLonger * (this.#needs.get(idOf(file, n)) ?? testTimeoutMs));
          return watched(fn);
        };
        if ((hasFailed && isOneFailureEnough) || (wanted && !wanted.has(idOf(file, n)))) test.mode = 'skip';
        globalThis.__stryker__.currentTestId = idOf(file, n);
      } else if (name === 'test_done' || name === 'test_skip') {
        globalThis.__stryker__.currentTestId = undefined;
        const [error] = test.errors.flat().filter(Boolean);
        hasFailed ||= error !== undefined;
        const result = told(n, nameOf(test), startedAt);
        if (name === 'test_skip') results.push({ ...result, status: skipped });
        else if (error === undefined) results.push({ ...result, status: success });
        else results.push({ ...result, status: failed, failureMessage: saying(error) });
      }
    };
    circus.resetState();
    circus.getState().testTimeout = testTimeoutMs;
    circus.addEventHandler(follow);
    try {
      allowMs(testTimeoutMs);
      watched(() => this.#tests.begin(file));
      await circus.run();
    } catch (error) {
      results.push({ ...told(1, 'begins', startedAt), status: failed, failureMessage: saying(error) });
    } finally {
      circus.removeEventHandler(follow);
    }
    return results;
  }
}

/** By its place in the file: the names of a table may be made while a mutant is at work. */
const idOf = (file, n) => `${file}#${n}`;
const fileOf = (id) => id.slice(0, id.lastIndexOf('#'));
const nameOf = ({ name, parent }) => (parent?.parent ? `${nameOf(parent)} ${name}` : name);
const saying = (error) => String(error?.stack ?? error);

function sum(one, other = {}) {
  const all = { ...one };
  for (const [mutant, hits] of Object.entries(other)) all[mutant] = (all[mutant] ?? 0) + hits;
  return all;
}

/** What the code that stryker has written mutants into looks at. */
const strykerGlobal = (set) =>
  Object.assign((globalThis.__stryker__ ??= {}), { activeMutant: undefined, currentTestId: undefined }, set);

export const strykerPlugins = [{ kind: 'TestRunner', name: 'pure', factory: () => new PureTestRunner() }];
