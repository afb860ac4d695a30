/** What mutation testing runs for every mutant: the tests of the budget alone, with a small share of the oracle's cases. */
import projects from './jest.config.mjs';

process.env['BUDGET_CASES'] ??= '300';
const [pure] = projects.projects;
const settings = { ...pure };
delete settings.displayName;

export default {
  ...settings,
  testMatch: ['<rootDir>/test/core/budget/**/*.test.ts'],
  // Thousands of zones and instants: of use once a night, not once a mutant.
  testPathIgnorePatterns: ['daylight-saving', 'nobody-starves'],
  testTimeout: 30_000,
};
