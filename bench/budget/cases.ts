/** Each case: ours beside its peer in alternating rounds of one run, so that whatever else the machine does meets both. */
import { median } from '../measure.ts';
import type { Crew, Together } from './crew.ts';
import type { Load } from './loads.ts';

export interface Case {
  readonly name: string;
  readonly aim: number;
  readonly peer: string;
  readonly workers: number;
  /** Ours is asked for in pages of customers, not for a time. */
  readonly ours: Load['what'];
  readonly theirs: Load['what'];
}

export const cases: readonly Case[] = [
  {
    name: 'reservation, customers uniform',
    aim: 1.5,
    peer: 'bare upsert',
    workers: 2,
    ours: 'reserve',
    theirs: 'upsert',
  },
  {
    name: 'reservation',
    aim: 6,
    peer: 'rate-limiter-flexible, three windows',
    workers: 2,
    ours: 'reserve',
    theirs: 'limiter',
  },
  {
    name: 'refusals on one hot customer',
    aim: 10,
    peer: 'bare upsert of one hot row',
    workers: 4,
    ours: 'hot refusal',
    theirs: 'hot upsert',
  },
  {
    name: 'reserve + fence + settle',
    aim: 0.9,
    peer: 'three bare updates',
    workers: 2,
    ours: 'touch',
    theirs: 'three updates',
  },
  { name: 'a wave in pages', aim: 3, peer: 'bare upsert', workers: 2, ours: 'wave', theirs: 'upsert' },
];

export interface Size {
  readonly rounds: number;
  readonly forMs: number;
  readonly callers: number;
  readonly customers: number;
  readonly waves: number;
  readonly wave: number;
}

export interface Compared {
  readonly ratio: number;
  readonly cpuRatio: number;
  readonly ours: readonly Together[];
}

export async function compare(crew: Crew, one: Case, size: Size, tell: (line: string) => void): Promise<Compared> {
  const { forMs, callers, rounds } = size;
  const ours: Together[] = [];
  const theirs: Together[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    const ms = round === 0 ? forMs / 2 : forMs;
    const peer = await crew.do({ what: one.theirs, forMs: ms, callers }, one.workers);
    const us = await crew.do(
      one.ours === 'wave' ? wave(size, round, one.workers) : { what: one.ours, forMs: ms, callers },
      one.workers,
    );
    if (round === 0) continue;
    theirs.push(peer);
    ours.push(us);
  }
  const ratios = ours.map((us, n) => us.perSecond / (theirs[n]?.perSecond ?? NaN));
  const cpuRatios = ours.map((us, n) => (theirs[n]?.cpuMicros ?? NaN) / us.cpuMicros);
  const ratio = median(ratios);
  tell(
    `${one.name} ÷ ${one.peer}: ${ratio.toFixed(2)} (aim ≥ ${one.aim}; rounds ${ratios.map((r) => r.toFixed(2)).join(', ')})`,
  );
  tell(
    `  by CPU time ${median(cpuRatios).toFixed(2)}; ours ${line(ours)}; theirs ${line(theirs)}; answers ${answersOf(ours)}`,
  );
  return { ratio, cpuRatio: median(cpuRatios), ours };
}

/** Each round has customers of its own, and each worker its half of them. */
function wave({ customers, waves, wave: people, rounds }: Size, round: number, workers: number): Load[] {
  const each = Math.floor(Math.min(people, (customers - waves) / (rounds + 1)) / workers);
  return Array.from({ length: workers }, (_, n) => {
    const from = waves + (round * workers + n) * each;
    return { what: 'wave', from, to: from + each, callers: 500 };
  });
}

function line(all: readonly Together[]): string {
  const of = (value: (one: Together) => number, digits = 0): string => median(all.map(value)).toFixed(digits);
  const batch = of((one) => one.batch);
  const p99 = of((one) => one.p99Ms);
  return `${of((one) => one.perSecond)} /s, ${of((one) => one.cpuMicros)} µs CPU each${p99 === 'NaN' ? '' : `, p99 ${p99} ms`}${batch === 'NaN' ? '' : `, batches of ${batch}`}`;
}

function answersOf(all: readonly Together[]): string {
  const sum: Record<string, number> = {};
  for (const { answers } of all) for (const [is, n] of Object.entries(answers)) sum[is] = (sum[is] ?? 0) + n;
  const total = Object.values(sum).reduce((a, b) => a + b, 0);
  return Object.entries(sum)
    .map(([is, n]) => `${is} ${((100 * n) / total).toFixed(1)} %`)
    .join(', ');
}
