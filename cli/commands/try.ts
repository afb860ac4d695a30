import { setTimeout as sleep } from 'node:timers/promises';
import { isZone, zoneRules } from '../../core/calendar/zone.ts';
import { nearest } from '../../core/journey/nearest.ts';
import { readWhen, zoneOf } from '../../core/simulate/simulate.ts';
import { settingOf } from '../../test-kit/setting.ts';
import { simOf } from '../../test-kit/who.ts';
import { printJson, type Io } from '../io.ts';
import { loadJourneys } from '../load-journeys.ts';
import type { JsonOption } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';
import { linesOf } from '../try/lines.ts';
import { simNow, type Session } from '../try/session.ts';
import { show } from '../try/show.ts';
import { toMe, type ToMe } from '../try/to-me.ts';
import { viewOf } from '../try/views.ts';

export interface TryOptions extends JsonOption {
  readonly in?: string;
  readonly script?: string;
  /** When it begins, by the customer's clock. */
  readonly on?: string;
  readonly zone?: string;
  readonly me?: string;
  /** Real seconds for each day of the try, with --me. */
  readonly day?: string;
}

/** A script that does something impossible ends with 1; whoever types is only told. */
export async function tryJourney(io: Io, named: string, options: TryOptions): Promise<ExitCode> {
  let session = await begin(io, named, options);
  const json = options.json === true;
  const me = options.me === undefined ? null : toMe(io, options.me);
  const pace = paceOf(options.day);
  const lines =
    options.me !== undefined && options.script === undefined && process.stdin.isTTY
      ? null
      : linesOf(io, options.script);
  greet(io, session, lines?.isTyped ?? false, me, json);
  let problems = 0;
  try {
    for await (const line of lines?.each ?? byItself(() => session)) {
      const before = simNow(session).now;
      const shown = show(io, session, line, json);
      session = shown.session;
      if (shown.problem !== null) problems += 1;
      if (me) await mail(me, shown.sent, session, before, pace);
      if (shown.isOver) break;
    }
  } finally {
    await me?.close();
  }
  return problems > 0 && lines?.isTyped !== true ? 1 : 0;
}

async function begin(io: Io, named: string, options: TryOptions): Promise<Session> {
  const project = await loadJourneys(io, options.in);
  const journey = project.journeys.find(({ name }) => name === named);
  if (!journey) {
    const names = project.journeys.map(({ name }) => name);
    throw misused(`No journey is called '${named}'. ${nearest(named, names) ?? `There are: ${names.join(', ')}.`}`);
  }
  if (options.zone !== undefined && !isZone(options.zone))
    throw misused(`--zone is '${options.zone}', but should be a zone such as 'Europe/Berlin' (IANA ${zoneRules()}).`);
  const setting = settingOf(journey, project);
  const sim = simOf(journey, project.words, options.zone === undefined ? {} : { zone: options.zone });
  const when = options.on ?? 'Mon 10:00';
  const now = readWhen(when, zoneOf(setting, sim), /^\d{4}/.test(when) ? 0 : sim.now);
  if (now === null)
    throw misused(`--on is '${when}', but should be an instant such as 'Fri 16:55' or '2026-03-06 16:55'.`);
  return { setting, begun: { ...sim, now }, done: [] };
}

function greet(io: Io, session: Session, isTyped: boolean, me: ToMe | null, json: boolean): void {
  const { setting } = session;
  if (json) {
    printJson(
      { ...io, out: (text) => io.out(JSON.stringify(JSON.parse(text))) },
      { journey: setting.journey.name, begins: new Date(session.begun.now).toISOString() },
    );
    return;
  }
  io.out(
    `A try of ${setting.journey.name}: no servers, and nothing is sent to anybody${me ? ` but you, by ${me.server}, each marked as a try` : ''}.`,
  );
  io.out(viewOf('state', setting, simNow(session)));
  if (isTyped) io.out("Say 'help' to see the words, 'quit' when it is enough.");
}

/** Without anybody who says what happens: it begins, and then there is silence, until it is over. */
async function* byItself(session: () => Session): AsyncGenerator<string> {
  const { entry } = session().setting.journey;
  yield 'event' in entry ? `event ${entry.event}` : 'enter';
  for (let n = 0; n < 50; n += 1) {
    const { run } = simNow(session());
    if (!run || run.ended || run.wait.for === 'arm' || run.wait.for === 'conversation') return;
    yield await Promise.resolve('silence');
  }
}

const dayMs = 86_400_000;
/** However long it is silent, nobody who tries waits longer than this. */
const longestSeconds = 10;

function paceOf(said = '4'): number {
  const seconds = Number(said);
  if (said.trim() === '' || !Number.isFinite(seconds) || seconds < 0 || seconds > 3_600)
    throw misused(`--day is '${said}', but should be a number of seconds from 0 to 3600.`);
  return seconds;
}

/** Compressed: a day of the story takes so many seconds. */
async function mail(
  me: ToMe,
  sent: ReturnType<typeof show>['sent'],
  session: Session,
  before: number,
  daySeconds: number,
): Promise<void> {
  const { setting } = session;
  let from = before;
  for (const touch of sent) {
    await sleep(Math.min(longestSeconds, ((touch.at - from) / dayMs) * daySeconds) * 1_000);
    from = touch.at;
    await me.send(touch, setting.journey.name, zoneOf(setting, simNow(session)));
  }
}
