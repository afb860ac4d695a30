/** The story on an engine of its own: an accelerated clock, a namespace and a schema apart. It ends; what it wrote can be looked at until the next one. */
import { virtualAt, type ClockSpec } from '../../core/clock.ts';
import { processIo } from '../io.ts';
import { demoSchema } from '../assemble/demo-schema.ts';
import { publish } from '../commands/publish.ts';
import { why } from '../commands/why.ts';
import { openInstallation, type InstallationConfig } from './installation.ts';
import { storyApi } from './story-api.ts';
import { playStory } from './story.ts';

/** An hour passes in a second and a half. */
const rate = 2_400;
/** Tuesday, 24 November 2026, 10:00 in Berlin: any ordinary working day. */
const begins = Date.parse('2026-11-24T09:00:00Z');
/** What starting takes by the fast clock. */
const startsAheadMs = 4 * 3_600_000;

export interface DemoConfig extends Omit<
  InstallationConfig,
  'schema' | 'taskQueue' | 'anew' | 'keyFile' | 'port' | 'mailPort'
> {
  readonly samples: string;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

export async function playDemo(config: DemoConfig): Promise<void> {
  const { tell, signal, samples, inbox } = config;
  const clock: ClockSpec = { realAnchor: Date.now(), virtualAnchor: begins - startsAheadMs, rate };
  const installation = await openInstallation({
    ...config,
    schema: demoSchema,
    // Runs of an earlier story, should any be left, find nobody who works on them.
    taskQueue: `demo-${clock.realAnchor}`,
    port: 3100,
    mailPort: 2600,
    keyFile: null,
    anew: { clock },
  });
  try {
    const { api, key } = installation;
    const io = { ...processIo, out: tell, tell, env: { ...config.env, RIGHTTOUCH_KEY: key } };
    await publish({ ...io, out: () => undefined }, samples, { url: api.url, keep: true });
    const now = (): number => virtualAt(clock, Date.now());
    await untilOpening(now, signal);
    tell(
      `\nA story, on a clock that runs ${rate} times as fast (schema ${demoSchema}, namespace ${config.temporal.namespace}):\n`,
    );
    await playStory({ api: storyApi(api.url, key), inbox, mailPort: api.mailPort ?? 0, now, tell, signal });
    tell('\nWhy she was touched and why not (righttouch why ana):\n');
    await why(io, 'ana', { url: api.url });
  } finally {
    await installation.stop();
  }
}

async function untilOpening(now: () => number, signal: AbortSignal): Promise<void> {
  while (now() < begins) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
