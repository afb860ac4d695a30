import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRun } from '../../core/run/advance.ts';
import type { RunState } from '../../core/run/state.ts';
import { journeyAt } from '../../store/journeys.ts';
import { arrive, decideMove } from '../../store/moves/decide.ts';
import { customer, event, take } from '../store/setting.ts';
import { until } from '../story/engine.ts';
import { jsonOf, ownCli, type OwnCli, type as typed, type Ran } from './cli.ts';

let own: OwnCli;
let folder: string;
beforeAll(async () => {
  own = await ownCli();
});
afterAll(() => own.stop());

const here = (...args: string[]): Promise<Ran> => typed(args, own.env, folder);
const change = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replaceAll(from, to));
};
/** Customers asleep at a step of the newest version. */
async function asleep(step: string, many: number): Promise<void> {
  for (let n = 0; n < many; n += 1) {
    const id = await customer(own.api.db, `c-${step}-${String(n)}`);
    const data = { inquiryId: id, topic: 'other', urgent: false };
    const { started } = await take(own.api.db, event(id, 'inquiry-received', { data }));
    await own.api.db
      .updateTable('enrolments')
      .set({ step, waiting_for: 'we-answered', parked_at: new Date() })
      .where('id', '=', started[0]?.enrolmentId ?? '')
      .execute();
  }
}
/** Stands in for their workflows: each that is told asks what it shall do. */
async function theyAnswer(from: number, step: string, many: number): Promise<void> {
  const definition = (await journeyAt(own.api.db, 'starter', from))?.definition;
  if (!definition) throw new Error('not published');
  let answered = 0;
  await until('all were told', async () => {
    const told = await own.api.db.selectFrom('moved_runs').selectAll().where('state', '=', 'told').execute();
    for (const { move_id: move, enrolment_id: enrolmentId } of told) {
      const { state } = startRun({ ...definition, start: step }, { run: enrolmentId, customer: 'c' }, 0);
      const wait = { ...state.wait, until: 1, finding: null } as RunState['wait']; // Its moment has been found.
      const decided = await decideMove(own.api.db, { move, enrolmentId, state: { ...state, wait }, now: 0 });
      if (decided.is !== 'moves') throw new Error(decided.because);
      await arrive(own.api.db, { move, enrolmentId, step: decided.landing.state.step, now: 0 });
      answered += 1;
    }
    return answered >= many;
  });
}

describe('a journey that is changed while it runs', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'righttouch-changes-'));
    await here('init', '.');
    expect(await here('publish')).toMatchObject({ exit: 0, out: 'starter 1: new' });
    await asleep('our-answer', 3);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => expect(readFileSync(join(folder, 'starter.ts'), 'utf8')).toContain('journey('));

  it('is told in words before it is published, and with --dry-run instead of it', async () => {
    change('starter.ts', "'1 business day'", "'1 hour'");
    const told = [
      'starter 2, instead of 1:',
      '  Customers at *our-answer* will now wait 1 hour instead of 1 business day.',
      expect.stringMatching(
        /^ {2}Before: 4 steps, .* touches \(1 at worst\), .* human minutes, a person after .* h\.$/,
      ),
      expect.stringMatching(/^ {2}After: {2}4 steps, .* That is .* h sooner to a person\.$/),
      '  On 1 are 3 at *our-answer*.',
    ];
    const tried = await here('publish', '--dry-run');
    expect(tried).toMatchObject({ exit: 0, told: '' });
    expect(tried.out.split('\n')).toEqual([...told, 'starter 2: would be published', 'Nothing was published.']);
    expect(jsonOf(await here('publish', '--dry-run', '--json'))).toMatchObject({
      plans: [
        {
          name: 'starter',
          next: 2,
          changes: [{ about: 'step' }],
          price: { before: { steps: 4 }, after: { steps: 4 }, says: expect.stringContaining('sooner to a person') },
        },
      ],
      published: [],
    });
    const published = await here('publish');
    expect(published).toMatchObject({ exit: 0, told: '' });
    expect(published.out.split('\n')).toEqual([...told, 'starter 2: new']);
  });

  it('is moved to the new version after it was told who would go where', async () => {
    expect(await here('move', 'starter', '--from', '1', '--to', '2')).toEqual({
      exit: 0,
      told: '',
      out: [
        '3 customers on starter 1 would be asked to go on in 2.',
        'step        customers  would',
        'our-answer  3          go on there',
        'Nobody was moved: --go does it. What each has heard and promised is looked at then, and may keep them.',
      ].join('\n'),
    });
    const moving = here('move', 'starter', '--from', '1', '--to', '2', '--go');
    await theyAnswer(1, 'our-answer', 3);
    expect(await moving).toEqual({ exit: 0, told: '', out: 'starter: 3 customers moved from 1 to 2.' });
    expect(await here('move', 'starter', '--from', '1', '--to', '2', '--map', 'our-anser=arrived')).toMatchObject({
      exit: 1,
      told: expect.stringContaining("Did you mean 'our-answer'?"),
    });
    expect(await here('move', 'starter', '--from', 'one', '--to', '2')).toMatchObject({ exit: 2 });
    expect(await here('move', 'starter', '--from', '1', '--to', '2', '--map', 'a')).toMatchObject({
      exit: 2,
      told: "'a' should be old=new, two steps such as remind=chase.",
    });
  });

  it('is not published over the heads of those who stand at a step that is gone', async () => {
    change('starter.ts', "'our-answer'", "'their-answer'");
    const refused = await here('publish');
    expect(refused.exit).toBe(1);
    expect(refused.told).toBe(
      [
        "3 customers of 'starter' 2 would be left where the new version does not go: 3 at 'our-answer' ('our-answer' is not there). Nothing was published.",
        "  starter: 3 customers at 'our-answer', and 'our-answer' is not there. Move them with --move our-answer=STEP, or keep them where they are, with all it was published with: --keep.",
      ].join('\n'),
    );
    expect(refused.out.split('\n')).toContain('  On 2 are 3 at *our-answer*.');
    expect(await here('publish', '--dry-run')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('Nothing was published.'),
    });
    expect(await here('publish', '--move', 'arrived=their-answer')).toMatchObject({
      exit: 1,
      told: expect.stringContaining("Nobody would be left at 'arrived'"),
    });
    const publishing = here('publish', '--move', 'our-answer=their-answer', '--json');
    await theyAnswer(2, 'our-answer', 3);
    expect(jsonOf(await publishing)).toMatchObject({
      published: [{ version: 3, isNew: true }],
      moves: [{ from: 2, to: 3, moved: 3, told: 0, stayed: [] }],
    });
    // As if it had been stopped before the last page.
    await own.api.db.updateTable('moves').set({ state: 'going', done_at: null }).where('to_version', '=', 3).execute();
    expect(jsonOf(await here('publish', '--move', 'our-answer=their-answer', '--json'))).toMatchObject({
      published: [{ version: 3, isNew: false }],
      moves: [{ from: 2, to: 3, state: 'done', moved: 3 }],
    });
  });

  it('keeps those who are to be kept', async () => {
    change('starter.ts', "'their-answer'", "'our-answer'");
    expect(await here('publish', '--keep')).toMatchObject({ exit: 0, out: expect.stringMatching(/starter 4: new$/) });
    expect(await here('move', 'starter', '--from', '3', '--to', '4')).toMatchObject({
      out: expect.stringContaining("their-answer  3          stay: 'their-answer' is not there"),
    });
  });

  it('says other words to those who are on a version', async () => {
    const correct = (...more: string[]) =>
      here('correct', 'starter', '3', 'inquiry-arrived', '--why', 'friendlier', ...more);
    expect(await correct()).toMatchObject({ exit: 0, out: "starter 3 says 'inquiry-arrived' in these words already." });
    change('templates/inquiry-arrived.en.liquid', 'Hello', 'Good day');
    expect(await correct()).toEqual({
      exit: 0,
      told: '',
      out: "starter 3 says 'inquiry-arrived' in other words now, to 3 customers.",
    });
    expect(await correct('--locale', 'de')).toEqual({
      exit: 1,
      out: '',
      told: "There is no template 'inquiry-arrived' in 'de'. There are: inquiry-arrived.en.",
    });
    change('templates/inquiry-arrived.en.liquid', 'purpose: service', 'purpose: marketing');
    expect(await correct()).toMatchObject({
      exit: 1,
      told: expect.stringContaining('now is for marketing instead of service'),
    });
    change('templates/inquiry-arrived.en.liquid', 'purpose: marketing', 'purpose: service');
  });

  it('comes back, and is closed when nobody is on it', async () => {
    expect(await here('retire', 'starter', '3')).toEqual({
      exit: 1,
      out: '',
      told: [
        "3 customers are still on 'starter' 3.",
        "  path.version: 3 at 'our-answer'. Wait until they have ended, or move them to another version.".replace(
          'our',
          'their',
        ),
      ].join('\n'),
    });
    expect(await here('rollback', 'starter')).toMatchObject({
      out: 'starter 5 is 3 again, and takes the entries. Who is on 4 stays there.',
    });
    expect(await here('retire', 'starter', '4')).toMatchObject({
      exit: 0,
      out: 'starter 4 is retired: nobody is on it, and nobody enters it.',
    });
    expect(jsonOf(await here('retire', 'starter', '4', '--json'))).toEqual({
      journey: 'starter',
      version: 4,
      isNew: false,
    });
  });

  it('has help with examples for each of its commands', async () => {
    for (const command of ['publish', 'move', 'correct', 'retire', 'rollback']) {
      const { exit, out } = await here(command, '--help');
      expect([command, exit, out.includes(`Examples:\n  righttouch ${command}`)]).toEqual([command, 0, true]);
    }
  });
});
