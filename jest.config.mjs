const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript' },
        experimental: { keepImportAttributes: true },
      },
      sourceMaps: 'inline',
    },
  ],
};
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform,
  // Journeys are written as a designer writes them: '.js' beside a '.ts' file, and 'righttouch' for the package itself.
  moduleNameMapper: {
    '^righttouch$': '<rootDir>/righttouch.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // ES modules that CommonJS ones require: Node can do that, jest cannot.
    '^(content-disposition|cookie)$': '<rootDir>/test/api/native/$1.cjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.righttouch/'],
};
export default {
  projects: [
    {
      ...shared,
      displayName: 'pure',
      testMatch: ['<rootDir>/test/core/**/*.test.ts', '<rootDir>/test/channels/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'servers',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/core/', '<rootDir>/test/channels/'],
      globalSetup: '<rootDir>/test/servers/up.ts',
      globalTeardown: '<rootDir>/test/servers/down.ts',
    },
  ],
  // For what hangs, not for what is slow on a busy machine.
  testTimeout: 90_000,
};
