// Who may import what: "The shape" in ARCHITECTURE.md. Nothing imports upward.
const folders = [
  'journeys',
  'core',
  'workflows',
  'activities',
  'channels',
  'store',
  'migrations',
  'worker',
  'api',
  'desk',
  'cli',
  'config',
  'bench',
  'test',
  'test-kit',
];

/** Everything of ours outside `folder` that is none of `allowed` (regular expressions of paths) is forbidden to it. */
const only = (folder, allowed, comment) => ({
  name: `${folder}-may-import`,
  severity: 'error',
  comment,
  from: { path: `^${folder}/` },
  to: {
    path: `^(${folders.join('|')})/|^righttouch\\.ts$`,
    pathNot: [`^${folder}/`, ...allowed],
  },
});

const packages = (folder, comment, pathNot, fromNot) => ({
  name: `${folder}-packages`,
  severity: 'error',
  comment,
  from: { path: `^${folder}[/.]`, ...(fromNot && { pathNot: fromNot }) },
  to: {
    dependencyTypesNot: ['local', 'localmodule', 'type-only'],
    pathNot: ['^(journeys|core|workflows)/', ...pathNot],
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-packages',
      severity: 'error',
      comment: 'What ships must not need what is only there for development. The desk ships as it was bundled.',
      from: { pathNot: '^(test|bench|desk)/|\\.config\\.mjs$|^cli/dev/[^/]+\\.mjs$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    only('core', [], 'core says what things mean: it imports nothing but itself'),
    packages(
      'core',
      'core is pure: zone rules, the shapes of what is read, front matter and the hash are in files of their own',
      [],
      '^core/calendar/(zone-rules|zones-of-country)\\.ts$|^core/journey/',
    ),
    packages('core/journey', 'what is published is read and hashed', ['node_modules/(zod|yaml)/', '^(node:)?crypto$']),
    packages('core/calendar/zone-rules', 'one file knows the zone rules', ['node_modules/moment-timezone/']),
    packages('core/calendar/zones-of-country', 'and one whose clocks they are', ['node_modules/moment-timezone/']),
    only(
      'workflows',
      ['^core/(journey|run|task|promise)/', '^core/clock\\.ts$', '^activities/'],
      'what is replayed knows the language, the reducer, tasks and promises',
    ),
    {
      name: 'workflows-activities-types',
      severity: 'error',
      comment: 'A workflow may know what an activity takes and gives, never its code.',
      from: { path: '^workflows/' },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    packages('workflows', 'the sandbox has no world', ['node_modules/@temporalio/(workflow|common)/', '^activities/']),
    only('channels', ['^core/', '^config/'], 'a channel knows what a message means, and its own settings'),
    only('store', ['^core/', '^migrations/', '^config/'], 'the store knows what its rows mean'),
    only('migrations', [], 'a migration stands alone: it must do the same for ever'),
    only(
      'activities',
      ['^core/', '^store/', '^channels/', '^workflows/messages\\.ts$', '^config/clock\\.ts$'],
      'what workflows may do to the world',
    ),
    only(
      'api',
      ['^core/', '^store/', '^channels/', '^workflows/(messages|search-attributes)\\.ts$', '^config/'],
      'HTTP',
    ),
    only('desk', ['^api/.*-shape\\.ts$'], 'the desk is a client of the API'),
    {
      name: 'desk-shapes-types',
      severity: 'error',
      comment: 'The desk knows what the API answers, and takes none of its code to the browser.',
      from: { path: '^desk/' },
      to: { path: '^api/', dependencyTypesNot: ['type-only'] },
    },
    only(
      'worker',
      ['^core/', '^store/', '^channels/', '^activities/', '^workflows/', '^config/'],
      'the worker process wires workflows and activities',
    ),
    only(
      'test-kit',
      ['^core/', '^channels/(templates|liquid-kept|html|say-instant)\\.ts$', '^store/team-calendar\\.ts$'],
      'a test of a journey needs no servers',
    ),
    only('config', ['^core/', '^store/'], 'imported by mains, so it may not import them'),
    {
      name: 'config-by-mains-only',
      severity: 'error',
      comment: 'Everything else is given what it needs.',
      from: { pathNot: '^(config|cli|worker|test|bench)/' },
      to: { path: '^config/', pathNot: '^config/types', dependencyTypesNot: ['type-only'] },
    },
    only('journeys', ['^righttouch\\.ts$'], 'a designer needs the language and nothing else'),
    packages('journeys', 'a designer needs the language and nothing else', ['^righttouch\\.ts$']),
    {
      name: 'language',
      severity: 'error',
      comment: 'The language is core/journey, whole.',
      from: { path: '^righttouch\\.ts$' },
      to: { pathNot: '^core/' },
    },
    {
      name: 'nobody-imports-mains',
      severity: 'error',
      comment: 'cli, tests and measurements are the top.',
      from: { pathNot: '^(cli|test|bench)/' },
      to: { path: '^(cli|test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.righttouch|coverage|test/types)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
