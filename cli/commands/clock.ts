import { virtualAt, type ClockSpec } from '../../core/clock.ts';
import { setClock } from '../../store/clock.ts';
import { listEnrolments } from '../../store/enrolments.ts';
import { demoSchema } from '../assemble/demo-schema.ts';
import { neededConfig, withDatabase, type DatabaseConfig } from '../assemble/needed-config.ts';
import { openStore } from '../assemble/open-store.ts';
import { printJson, type Io } from '../io.ts';
import type { JsonOption } from '../program/declare.ts';
import { misused, refused, type ExitCode } from '../refusal.ts';

export async function showClock(io: Io, options: JsonOption): Promise<ExitCode> {
  const config = withDatabase(neededConfig(io.env));
  const store = await openStore(config);
  await store.close();
  tell(io, options, config, store.clock.spec);
  return 0;
}

/** Runs carry their clock with them, so it changes only while none is under way, and only where time is a story's. */
export async function setRate(
  io: Io,
  { rate: said, ...options }: JsonOption & { readonly rate: string },
): Promise<ExitCode> {
  const rate = Number(said);
  if (!(rate > 0 && rate <= 1_000_000) || said.trim() === '')
    throw misused(
      `--rate is '${said}', but should be a number above 0 and up to 1000000, such as 1440: a day in a minute.`,
    );
  const config = withDatabase(neededConfig(io.env));
  if (config.databaseSchema !== demoSchema)
    throw refused(
      `The schema is '${config.databaseSchema}', where time runs as it does. Only the demo's, '${demoSchema}', has a clock that can be set: set DATABASE_SCHEMA to it.`,
    );
  const store = await openStore(config);
  try {
    const [running] = await listEnrolments(store.db, { state: 'running', limit: 1 });
    if (running)
      throw refused(
        `The clock stays: ${running.id} is running, and counts by it. Set it before a story begins, or after it has ended.`,
      );
    const realNow = Date.now();
    const spec = { realAnchor: realNow, virtualAnchor: virtualAt(store.clock.spec, realNow), rate };
    await setClock(store.db, spec);
    tell(io, options, config, spec);
    if (!options.json) io.out('Workers and APIs read it when they start: start them again.');
    return 0;
  } finally {
    await store.close();
  }
}

function tell(io: Io, { json }: JsonOption, { databaseSchema }: DatabaseConfig, spec: ClockSpec): void {
  const now = new Date(virtualAt(spec, Date.now())).toISOString();
  if (json) printJson(io, { schema: databaseSchema, now, rate: spec.rate, realNow: new Date().toISOString() });
  else
    io.out(
      `${databaseSchema}: ${now}, ${spec.rate === 1 ? 'as fast as real time' : `${spec.rate} times as fast as real time`}.`,
    );
}
