import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

const answer = z.looseObject({
  journey: z.string(),
  goal: z.string().nullable(),
  measuredDays: z.number(),
  splits: z.array(
    z.looseObject({
      step: z.string(),
      arms: z.array(
        z.looseObject({
          arm: z.string(),
          customers: z.number(),
          goalsMet: z.number(),
          rate: z.number().nullable(),
          low: z.number(),
          high: z.number(),
        }),
      ),
    }),
  ),
});

export async function splits(io: Io, journey: string, options: ClientOptions): Promise<ExitCode> {
  const shown = await createApiClient(io, options).call('GET', `/v1/journeys/${part(journey)}/splits`, answer);
  if (options.json) printJson(io, shown);
  else tell(io, shown);
  return 0;
}

function tell(io: Io, { journey, goal, measuredDays, splits: all }: z.infer<typeof answer>): void {
  if (all.length === 0) {
    io.out(`Nobody has come to a split of '${journey}' yet.`);
    return;
  }
  io.out(
    goal === null
      ? `'${journey}' has no goal, so its ways cannot be compared.`
      : `Goal: ${goal}, during the run or within ${measuredDays} days of its end.`,
  );
  const rows = all.flatMap(({ step, arms }) =>
    arms.map((a) => [step, a.arm, a.customers, a.goalsMet, percent(a.rate), `${percent(a.low)} to ${percent(a.high)}`]),
  );
  io.out(columns(['STEP', 'ARM', 'CUSTOMERS', 'GOALS MET', 'RATE', '95 % BETWEEN'], rows));
}

const percent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(1)} %`);
