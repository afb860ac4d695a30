import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TableStep } from '../../core/journey/table-steps.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { Template } from '../../core/journey/template.ts';
import { startRun } from '../../core/run/advance.ts';
import { journeyAt, latestJourney, pinned } from '../../store/journeys.ts';
import { beginMove } from '../../store/moves/begin.ts';
import { correct, corrections } from '../../store/moves/correct.ts';
import { tellNextPage } from '../../store/moves/page.ts';
import { plan } from '../../store/moves/plan.ts';
import { retire } from '../../store/moves/retire.ts';
import { rollback } from '../../store/moves/rollback.ts';
import { arrive, decideMove } from '../../store/moves/decide.ts';
import { getMove } from '../../store/moves/tally.ts';
import type { Db } from '../../store/open.ts';
import { park } from '../../store/park.ts';
import type { Others } from '../../store/moves/would-orphan.ts';
import { publish } from '../../store/publish.ts';
import { ownDb } from './own-db.ts';
import { customer, event, journey, noon, policy, take, words } from './setting.ts';

const db = await ownDb();

const finished: TableStep = { kind: 'end', as: 'finished', next: null };
const listening = (until = '2 days'): TableStep => ({
  kind: 'listen',
  until,
  next: 'end:finished',
  goes: { 'customer-replied': 'end:finished', silence: 'end:finished' },
});
const template = (name: string, body: string, more: Partial<Template> = {}): Template => ({
  name,
  locale: 'en',
  purpose: 'service',
  assumes: [],
  needs: ['customer.firstName'],
  channels: { email: { subject: 'Hello' } },
  body,
  ...more,
});
/** Entered by an event of its own, so that each test has its own runs. */
const small = (name: string, steps: Record<string, TableStep>): Journey =>
  journey(name, [], {
    entry: { event: name, oncePer: 'inquiryId' },
    start: Object.keys(steps)[0] ?? '',
    steps: { ...steps, 'end:finished': finished },
  });
const put = (definition: Journey, others?: Others, templates: readonly Template[] = []) =>
  publish(db, {
    words,
    policy,
    templates,
    journeys: [{ definition, ...(others ? { others } : {}) }],
    by: 'a test',
    now: noon,
  });

let people = 0;
/** So many customers, asleep at a step. */
async function asleep(name: string, step: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < many; n += 1) {
    const id = await customer(db, `c${String((people += 1))}`);
    const { started } = await take(db, event(id, name, { data: { inquiryId: id } }));
    const enrolmentId = started[0]?.enrolmentId ?? '';
    await park(db, { enrolmentId, step, waitingFor: 'customer-replied', wakeAt: null, heard: 0, now: noon });
    ids.push(enrolmentId);
  }
  return ids;
}
async function moveOf(publishing: ReturnType<typeof put>): Promise<string> {
  const published = await publishing;
  return 'published' in published ? (published.published[0]?.move ?? '') : '';
}
const stateOf = (definition: Journey, id: string) => startRun(definition, { run: id, customer: 'c' }, noon).state;
const versionsOf = async (ids: readonly string[]) => {
  const rows = await db.selectFrom('enrolments').select('version').where('id', 'in', ids).execute();
  return rows.map((row) => row.version);
};

describe('publishing while customers are asleep', () => {
  it('refuses a version without the step at which 300 sleep, says 300, and publishes once it hears what becomes of them', async () => {
    const v1 = small('remind', { remind: listening(), chase: listening() });
    await put(v1, undefined, [template('reminder', 'We remind you.')]);
    await asleep('remind', 'remind', 300);
    const v2 = small('remind', { chase: listening() });
    expect(await put(v2)).toEqual({
      refused: 'would-orphan',
      journey: 'remind',
      version: 1,
      customers: 300,
      steps: [{ step: 'remind', customers: 300, because: "'remind' is not there" }],
      faults: [],
      because:
        "300 customers of 'remind' 1 would be left where the new version does not go: 300 at 'remind' ('remind' is not there)",
    });
    expect((await latestJourney(db, 'remind'))?.version).toBe(1);
    expect(await put(v2, { move: { remind: 'chse' } })).toMatchObject({
      refused: 'would-orphan',
      faults: [{ step: 'chse', mend: "Did you mean 'chase'?" }],
    });
    expect(await put(v2, { move: { chase: 'chase' } })).toMatchObject({ refused: 'would-orphan', customers: 300 });
    expect(await put(v2, { keep: true })).toMatchObject({ published: [{ version: 2, move: null }] });
    // Those who were kept are asked about no more, and have their own words still.
    expect(await put(small('remind', { chase: listening('1 day') }))).toMatchObject({ published: [{ version: 3 }] });
    const [one] = [await journeyAt(db, 'remind', 1)];
    expect((await pinned(db, one!)).templates.data).toMatchObject([{ name: 'reminder' }]);
  }, 30_000);

  it('begins the move of those who are mapped in the transaction that publishes', async () => {
    await put(small('sent', { one: listening(), two: listening() }));
    const [ones, twos] = [await asleep('sent', 'one', 3), await asleep('sent', 'two', 2)];
    const published = await put(small('sent', { two: listening(), three: listening() }), { move: { one: 'three' } });
    const move = 'published' in published ? (published.published[0]?.move ?? '') : '';
    expect(await tellNextPage(db, { id: move, limit: 10, now: noon })).toEqual({ told: 3, done: false });
    expect(await tellNextPage(db, { id: move, limit: 10, now: noon })).toEqual({ told: 0, done: true });
    const told = await db.selectFrom('deliveries').select('enrolment_id').where('kind', '=', 'move').execute();
    expect(told.map((row) => row.enrolment_id).sort()).toEqual([...ones].sort());
    expect(await versionsOf(twos)).toEqual([1, 1]);
  });

  it('answers with a move that was not told to its end, and begins no second one from that version', async () => {
    await put(small('halfway', { one: listening(), two: listening() }));
    await asleep('halfway', 'one', 1);
    const v2 = small('halfway', { two: listening(), three: listening() });
    const move = await moveOf(put(v2, { move: { one: 'three' } }));
    expect(await put(v2, { move: { one: 'three' } })).toMatchObject({
      published: [{ version: 2, isNew: false, move }],
    });
    while ((await tellNextPage(db, { id: move, limit: 10, now: noon }))?.done === false);
    expect(await put(v2)).toMatchObject({ published: [{ version: 2, isNew: false, move: null }] });

    await asleep('halfway', 'three', 1);
    const back = { journey: 'halfway', from: 2, to: 1, map: { three: 'one' }, steps: ['three'], by: 'ana', now: noon };
    const begun = await beginMove(db, back);
    const id = 'id' in begun ? begun.id : '';
    const v3 = small('halfway', { two: listening(), four: listening() });
    const others = { move: { three: 'four' } };
    const because =
      `Customers of 'halfway' are being moved from 2 to 1 (${id}). Finish it: POST /v1/moves/${id}/tell ` +
      '(righttouch move halfway --from 2 --to 1 --map three=one --at three --go)';
    expect(await put(v3, others)).toEqual({
      refused: 'another-move-is-going',
      journey: 'halfway',
      move: id,
      because,
    });
    expect((await latestJourney(db, 'halfway'))?.version).toBe(2);
    const journeys = [{ definition: v3, others }];
    expect(await plan(db, { words, policy, templates: [], journeys })).toMatchObject([{ isNew: true, going: { id } }]);
    while ((await tellNextPage(db, { id, limit: 10, now: noon }))?.done === false);
    expect(await put(v3, others)).toMatchObject({ published: [{ version: 3 }] });
  });

  it('ends a move of nobody at once', async () => {
    await put(small('none', { one: listening() }));
    await asleep('none', 'one', 1);
    const id = await moveOf(put(small('none', { one: listening('3 days') }), { move: {} }));
    expect(await tellNextPage(db, { id, limit: 10, now: noon })).toEqual({ told: 0, done: true });
  });
});

describe('a move', () => {
  const v1 = small('moved', { remind: listening(), other: listening() });
  const v2 = small('moved', {
    nudge: listening('3 days'),
    other: { kind: 'pause', until: '1 day', next: 'end:finished' },
  });
  let ids: string[];
  beforeAll(async () => {
    await put(v1);
    ids = await asleep('moved', 'remind', 25);
    await put(v2, { keep: true });
  });
  const asked = { journey: 'moved', from: 1, to: 2, map: { remind: 'nudge' }, steps: null, by: 'ana', now: noon };

  it('is refused without its versions, or with steps that are not there', async () => {
    expect(await beginMove(db, { ...asked, to: 9 })).toEqual({ refused: 'unknown-version', version: 9 });
    expect(await beginMove(db, { ...asked, to: 1 })).toEqual({ refused: 'same-version' });
    expect(await beginMove(db, { ...asked, map: { remnd: 'nudge' } })).toMatchObject({
      refused: 'wrong-map',
      faults: [{ step: 'remnd', mend: "Did you mean 'remind'?" }],
    });
  });

  it('tells everybody once, in pages, whoever asks and however many at once, and goes on where it was killed', async () => {
    const begun = await beginMove(db, asked);
    if ('refused' in begun) throw new Error(begun.refused);
    expect(await beginMove(db, asked)).toEqual(begun);
    expect(await beginMove(db, { ...asked, map: {} })).toEqual({ refused: 'another-is-going', id: begun.id });
    const next = () => tellNextPage(db, { id: begun.id, limit: 4, now: noon });
    // Killed in the middle of a page: nobody of it was told.
    const broken = new Error('killed');
    await expect(
      db.transaction().execute(async (tx) => {
        await tellNextPage(
          { transaction: () => ({ execute: (work: (t: typeof tx) => unknown) => work(tx) }) } as unknown as Db,
          {
            id: begun.id,
            limit: 4,
            now: noon,
          },
        );
        throw broken;
      }),
    ).rejects.toBe(broken);
    const pages = await Promise.all([next(), next(), next(), next()]);
    expect(pages.map((page) => page?.told)).toEqual([4, 4, 4, 4]);
    for (let page = await next(); page && !page.done;) page = await next();
    const rows = await db
      .selectFrom('deliveries')
      .select(['enrolment_id', 'number', 'body'])
      .where('kind', '=', 'move')
      .execute();
    const ours = rows.filter(({ body }) => body.kind === 'move' && body.move === begun.id);
    expect(ours.map((row) => row.enrolment_id).sort()).toEqual([...ids].sort());
    expect(ours.every((row) => row.number === 1)).toBe(true);
    expect(await getMove(db, begun.id)).toMatchObject({ state: 'done', told: 25, moved: 0, stayed: [] });
  });

  it('moves a run once however often it asks, and leaves one whose step leads nowhere where it is', async () => {
    const { id: move } = await db
      .selectFrom('moves')
      .select('id')
      .where('journey', '=', 'moved')
      .executeTakeFirstOrThrow();
    const [first = '', second = '', third = ''] = ids;
    const decide = (id: string, state = stateOf(v1, id)) => decideMove(db, { move, enrolmentId: id, state, now: noon });
    const go = (id: string) => arrive(db, { move, enrolmentId: id, step: 'nudge', now: noon });
    const decided = await decide(first);
    expect(decided).toMatchObject({
      is: 'moves',
      version: 2,
      definition: v2,
      landing: { state: { step: 'nudge' }, enter: null, reckon: ['own'] },
    });
    // It died before it went, heard of something, and asks anew as it is by then: nothing has happened yet.
    expect(await decide(first)).toEqual(decided);
    expect(await versionsOf([first])).toEqual([1]);
    await Promise.all([go(first), go(first), go(second)]);
    await go(first);
    const elsewhere = { ...stateOf({ ...v1, start: 'other' }, third) };
    const because = "'other' is another kind of step (pause instead of listen): map it to where they should go on.";
    expect(await decide(third, elsewhere)).toEqual({ is: 'stays', because });
    // It was told that it stays, and that holds although it could now.
    expect(await decide(third)).toEqual({ is: 'stays', because });
    expect(await versionsOf([first, second, third])).toEqual(expect.arrayContaining([1, 2, 2]));
    expect(await getMove(db, move)).toMatchObject({ moved: 2, told: 22, stayed: [{ because, customers: 1 }] });
  });

  it('leaves a run where it is whose promise the new version could not say takes longer', async () => {
    const { id: move } = await db
      .selectFrom('moves')
      .select('id')
      .where('journey', '=', 'moved')
      .executeTakeFirstOrThrow();
    const id = ids[5] ?? '';
    const { customer_id } = await db
      .selectFrom('enrolments')
      .select('customer_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('promises')
      .values({
        id: `${id}/p/1`,
        customer_id,
        enrolment_id: id,
        step: 'p',
        team: 'care',
        kept_by: ['x'],
        state: 'open',
        due_at: new Date(noon),
        deadline_at: new Date(noon),
        made_at: new Date(noon),
        renew: JSON.stringify({ say: 'takes-longer', ahead: '1 hour', more: '1 day', times: 1 }),
      })
      .execute();
    expect(await decideMove(db, { move, enrolmentId: id, state: stateOf(v1, id), now: noon })).toMatchObject({
      is: 'stays',
      because: expect.stringContaining("'takes-longer'"),
    });
  });
});

describe('a correction', () => {
  const words1 = template('hello', 'Hello {{ customer.firstName }}, we recieved it.');
  const mended = template('hello', 'Hello {{ customer.firstName }}, we received it.', {
    channels: { email: { subject: 'Hi' } },
  });
  beforeAll(() => put(small('said', { one: listening() }), undefined, [words1, template('bye', 'Bye.')]));
  const fix = (t: Template) =>
    correct(db, { journey: 'said', version: 1, template: t, why: 'a slip', by: 'ana', now: noon + 1 });

  it('changes the words of a version for everybody on it, once, and is written down', async () => {
    const [id] = await asleep('said', 'one', 1);
    const before = (await journeyAt(db, 'said', 1))?.templatesHash;
    expect(await fix(mended)).toEqual({ corrected: true, isNew: true, before: words1, customers: 1 });
    expect(await fix(mended)).toMatchObject({ corrected: true, isNew: false });
    const one = await journeyAt(db, 'said', 1);
    expect(one?.templatesHash).not.toBe(before);
    expect((await pinned(db, one!)).templates.data).toEqual([mended, template('bye', 'Bye.')]);
    expect(await versionsOf([id ?? ''])).toEqual([1]);
    expect(await corrections(db, 'said', 1)).toEqual([
      { template: 'hello', locale: 'en', why: 'a slip', by: 'ana', at: noon + 1 },
    ]);
    // What is in the project is what is published.
    expect(await put(small('said', { one: listening() }), undefined, [mended, template('bye', 'Bye.')])).toMatchObject({
      published: [{ version: 1, isNew: false }],
    });
  });

  it('is of nothing but words', async () => {
    const refused = async (more: Partial<Template>) => {
      const answer = await fix({ ...mended, ...more });
      return 'because' in answer ? answer.because : answer;
    };
    expect(await refused({ purpose: 'marketing' })).toEqual([
      "The template 'hello.en' now is for marketing instead of service.",
    ]);
    expect(await refused({ assumes: ['celebratory'] })).toHaveLength(1);
    expect(await refused({ tells: 'promise' })).toHaveLength(1);
    expect(await refused({ needs: ['customer.plan'] })).toEqual(['It now also needs customer.plan.']);
    expect(await refused({ channels: { email: {}, sms: { segments: 1 } } })).toHaveLength(1);
    expect(await refused({ needs: [] })).toMatchObject({ corrected: true });
    expect(await fix({ ...mended, locale: 'de' })).toEqual({
      refused: 'unknown-template',
      known: ['hello.en', 'bye.en'],
    });
  });
});

describe('a version', () => {
  it('is retired when nobody is on it, and is entered no more', async () => {
    const definition = small('old', { one: listening() });
    await put(definition);
    const [id = ''] = await asleep('old', 'one', 1);
    const end = () => retire(db, { journey: 'old', version: 1, by: 'ana', now: noon });
    expect(await end()).toMatchObject({
      refused: 'somebody-is-on-it',
      customers: 1,
      where: [{ step: 'one', customers: 1 }],
    });
    await db
      .updateTable('enrolments')
      .set({ state: 'ended', outcome: 'x', ended_at: new Date(noon) })
      .where('id', '=', id)
      .execute();
    expect(await end()).toEqual({ retired: true, isNew: true });
    expect(await end()).toEqual({ retired: true, isNew: false });
    const late = await customer(db, 'late');
    expect((await take(db, event(late, 'old', { data: { inquiryId: 'late' } }))).started).toEqual([]);
    expect(
      await beginMove(db, { journey: 'old', from: 1, to: 1, map: {}, steps: null, by: 'ana', now: noon }),
    ).toMatchObject({ refused: 'same-version' });
    expect(await put(definition)).toMatchObject({ published: [{ version: 2, isNew: true }] });
    expect(await beginMove(db, { journey: 'old', from: 2, to: 1, map: {}, steps: null, by: 'ana', now: noon })).toEqual(
      { refused: 'retired', version: 1 },
    );
    expect((await take(db, event(late, 'old', { data: { inquiryId: 'later' } }))).started).toMatchObject([
      { version: 2 },
    ]);
  });

  it('is never both retired and just entered', async () => {
    await put(small('raced', { one: listening() }));
    const ids = await Promise.all(Array.from({ length: 8 }, (_, n) => customer(db, `raced-${String(n)}`)));
    const [retired, ...taken] = await Promise.all([
      retire(db, { journey: 'raced', version: 1, by: 'ana', now: noon }),
      ...ids.map((id) => take(db, event(id, 'raced', { data: { inquiryId: id } }))),
    ]);
    const entered = taken.flatMap(({ started }) => started).length;
    if ('retired' in retired) expect(entered).toBe(0);
    else expect(entered).toBe(8);
  });

  it('comes back with all it was published with, and the runs of the newer one stay on theirs', async () => {
    const [v1, v2] = [small('back', { one: listening() }), small('back', { one: listening('9 days') })];
    await put(v1, undefined, [template('a', 'first')]);
    expect(await rollback(db, { journey: 'back', by: 'ana', now: noon })).toEqual({ refused: 'nothing-before' });
    await put(v2, undefined, [template('a', 'second')]);
    const [id = ''] = await asleep('back', 'one', 1);
    expect(await rollback(db, { journey: 'back', by: 'ana', now: noon + 1 })).toEqual({
      version: 3,
      sameAs: 1,
      replaces: 2,
    });
    const [one, three] = [await journeyAt(db, 'back', 1), await journeyAt(db, 'back', 3)];
    expect(three).toMatchObject({ hash: one?.hash, templatesHash: one?.templatesHash, sameAs: 1, definition: v1 });
    const anna = await customer(db, 'anna');
    expect((await take(db, event(anna, 'back', { data: { inquiryId: 'a' } }))).started).toMatchObject([{ version: 3 }]);
    expect(await versionsOf([id])).toEqual([2]);
    // What is wrong is not come back to.
    expect(await rollback(db, { journey: 'back', by: 'ana', now: noon })).toEqual({ refused: 'nothing-before' });
    await put(small('back', { one: listening('3 days') }));
    expect(await rollback(db, { journey: 'back', by: 'ana', now: noon })).toEqual({
      version: 5,
      sameAs: 1,
      replaces: 4,
    });
    expect(await rollback(db, { journey: 'nowhere', by: 'ana', now: noon })).toEqual({ refused: 'unknown' });
  });

  it('comes back without telling an audience once more what a newer one has told it', async () => {
    const letter = (at: string): Journey => ({
      ...small('letter', { one: listening() }),
      entry: { audience: 'all', at },
    });
    const broadcasts = () =>
      db.selectFrom('broadcasts').select(['at', 'state']).where('journey', '=', 'letter').orderBy('at').execute();
    await put(letter('2026-03-02 08:00'));
    await put(letter('2026-03-02 09:00'));
    await db.updateTable('broadcasts').set({ state: 'running' }).where('journey', '=', 'letter').execute();
    await rollback(db, { journey: 'letter', by: 'ana', now: noon });
    expect(await broadcasts()).toEqual([{ at: '2026-03-02 09:00', state: 'running' }]);
    // One that is to come is no repetition.
    await put(letter('2026-04-02 09:00'));
    await put(letter('2026-05-02 09:00'));
    await rollback(db, { journey: 'letter', by: 'ana', now: noon });
    expect(await broadcasts()).toEqual([
      { at: '2026-03-02 09:00', state: 'running' },
      { at: '2026-04-02 09:00', state: 'planned' },
    ]);
  });
});
