/** What mutation testing tries, and how: docs/decisions/0026-mutation-testing.md. One file: npm run mutation -- --mutate core/budget/rank.ts */
export default {
  // The three that are left out are types and words for them.
  mutate: ['core/budget/**/*.ts', '!core/budget/{policy,row,decision}.ts'],
  plugins: ['./test/mutation/runner.mjs'],
  testRunner: 'pure',
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Our runner stops what never ends, by the processor's time; this is for what it cannot stop.
  timeoutMS: 600_000,
  tempDirName: '.righttouch/stryker',
  cleanTempDir: 'always',
  ignorePatterns: ['/dist', '/.righttouch', '/docs', '/desk'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: '.righttouch/mutation.json' },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
};
