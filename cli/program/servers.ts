import { acts, examples, withJson, type Declaring, type JsonOption } from './declare.ts';

export interface DevOptions {
  /** Whether the samples are published and their story is played. */
  readonly demo: boolean;
}

export function declareServers(declaring: Declaring): void {
  const { program } = declaring;
  acts<[DevOptions]>(
    declaring,
    examples(
      program
        .command('dev')
        .description('start everything on this machine: PostgreSQL, Temporal, a worker, the API and an inbox')
        .option('--no-demo', 'without publishing the samples and playing their story'),
      'righttouch dev',
      'RIGHTTOUCH_DATA=/tmp/touch righttouch dev --no-demo',
    ),
    () =>
      import('../commands/dev.ts').then(({ dev }) => async (_io, options) => {
        await dev(options);
        return 0;
      }),
  );
  acts<[JsonOption]>(
    declaring,
    examples(
      withJson(program.command('migrate')).description('bring the schema up to date: DATABASE_URL, DATABASE_SCHEMA'),
      'DATABASE_URL=postgres://… righttouch migrate',
    ),
    () => import('../commands/migrate.ts').then((m) => m.migrateSchema),
  );
  acts<[JsonOption]>(
    declaring,
    examples(
      withJson(program.command('setup')).description(
        'prepare an existing Temporal: its search attributes, added until they are there',
      ),
      'TEMPORAL_ADDRESS=temporal.internal:7233 TEMPORAL_NAMESPACE=touch righttouch setup',
    ),
    () => import('../commands/setup.ts').then((m) => m.setup),
  );
  acts<[]>(
    declaring,
    examples(
      program.command('worker').description('run a worker until it is told to stop; several run side by side'),
      'DATABASE_URL=postgres://… TEMPORAL_ADDRESS=temporal.internal:7233 righttouch worker',
    ),
    () => import('../commands/worker.ts').then((m) => m.worker),
  );
  acts<[]>(
    declaring,
    examples(
      program.command('api').description('run the API until it is told to stop; several run side by side'),
      'DATABASE_URL=postgres://… HOST=0.0.0.0 PORT=8080 righttouch api',
      'SMTP_IN_PORT=2525 righttouch api     # takes replies by e-mail in, too',
    ),
    () => import('../commands/api.ts').then((m) => m.api),
  );
}
