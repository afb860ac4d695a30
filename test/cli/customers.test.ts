import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clockOf } from '../../config/clock.ts';
import { createBudgets } from '../../store/budget/index.ts';
import { publishSamples } from '../api/samples.ts';
import { monday } from '../api/own-api.ts';
import { askOf, policyOf } from '../store/budget/fixtures.ts';
import { opened } from '../store/setting.ts';
import { jsonOf, ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
  const put = ['customers', 'put', 'ana', '--email', 'ana@example.com', '--zone', 'Europe/Berlin'];
  expect(await own.cli([...put, 'firstName=Ana', 'plan=plus'])).toMatchObject({ exit: 0 });
});
afterAll(() => own.stop());

describe('customers', () => {
  it('are put, shown and listed', async () => {
    expect(
      await own.cli(['customers', 'put', 'ben', '--sms', '+4915112345678', 'firstName=42', 'keyClient=true']),
    ).toEqual({
      exit: 0,
      told: '',
      out: ['ben, en, zone not known', '  sms +4915112345678', '  firstName = "42"', '  keyClient = true'].join('\n'),
    });
    expect((await own.cli(['customers', 'put', 'ben', 'keyClient='])).out).not.toContain('keyClient');
    const listed = await own.cli(['customers']);
    expect(listed.out.split('\n').map((line) => line.split(' ')[0])).toEqual(['customer', 'ana', 'ben']);
  });

  it('agree, withdraw, stop, and may be written to again', async () => {
    const consent = ['customers', 'consent', 'ana', 'email', 'marketing', '--source', 'web form'];
    expect((await own.cli(consent)).out).toBe('ana agreed to marketing by email.');
    expect((await own.cli([...consent, '--withdraw'])).out).toBe('ana withdrew marketing by email.');
    expect((await own.cli([...consent])).exit).toBe(0);
    const stopped = await own.cli(['customers', 'stop', 'ana', 'sms', '--reason', 'asked on the phone']);
    expect(stopped.out).toBe('ana is stopped: sms, asked on the phone');
    const { out } = await own.cli(['customers', 'show', 'ana']);
    expect(out).toContain('agreed to marketing by email, web form');
    expect(out).toContain('stopped: sms, asked on the phone');
    expect((await own.cli(['customers', 'stop', 'ana', 'sms', '--lift'])).out).toBe('No stop holds for ana.');
  });

  it('are refused with all faults at once', async () => {
    const { exit, out, told } = await own.cli([
      'customers',
      'put',
      'cid',
      '--email',
      'cid',
      '--zone',
      'Berlin',
      'plan=',
    ]);
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(told).toMatchInlineSnapshot(`
     "There are 2 faults.
       zone is 'Berlin', but should be an IANA zone such as 'Europe/Berlin'.
       addresses.0.address should be an address for email. An e-mail address looks like name@example.com, without a display name."
    `);
    expect(await own.cli(['customers', 'show', 'cid'])).toEqual({
      exit: 1,
      out: '',
      told: "There is no customer 'cid'.",
    });
    expect(await own.cli(['customers', 'put', 'cid', 'plan', 'plan=a', 'plan=b'])).toEqual({
      exit: 2,
      out: '',
      told: "The fields cannot be read.\n  'plan' should be field=value, such as topic=billing.\n  The field 'plan' is given twice. Give it once.",
    });
  });
});

describe('enrol', () => {
  it('begins a run with an event; the same key again is the same event', async () => {
    const event = [
      'enrol',
      'inquiry-received',
      'ana',
      'inquiryId=7',
      'topic=billing',
      'urgent=false',
      '--key',
      'shop-7',
    ];
    const { exit, out } = await own.cli(event);
    expect(exit).toBe(0);
    expect(out).toMatch(/^inquiry-received of ana is taken in as \S+\.\n {2}begins inquiry 1: \S+/);
    expect((await own.cli(event)).out).toMatch(/^This key was here before: it is \S+, and nothing has changed\./);
    expect(jsonOf(await own.cli([...event, '--json']))).toMatchObject({ taken: 'again', idempotencyKey: 'shop-7' });
    expect(await own.cli([...event.map((word) => (word === 'topic=billing' ? 'topic=other' : word))])).toMatchObject({
      exit: 1,
      told: expect.stringContaining(
        "idempotencyKey is 'shop-7', but should be a key that was not used, or the same content. Use a new key",
      ),
    });
  });

  it('hears all that is wrong with an event', async () => {
    const { exit, told } = await own.cli(['enrol', 'inquiry-received', 'ana', 'topik=billing', 'urgent=7']);
    expect(exit).toBe(1);
    expect(told).toMatchInlineSnapshot(`
     "There are 4 faults.
       data.topik is 'topik', but should be a field that is known. Did you mean 'topic'?
       data.urgent should be true or false, without quotes.
       data.inquiryId should be an id of 1 to 64 characters.
       data.topic should be one of 'billing', 'delivery', 'device', 'other'."
    `);
    expect(await own.cli(['enrol', 'inquiry-recieved', 'ana'])).toMatchObject({
      exit: 1,
      told: expect.stringContaining("Did you mean 'inquiry-received'?"),
    });
    expect(jsonOf(await own.cli(['enrol', 'offer-taken', 'nobody', 'offerId=x', '--json']))).toEqual({
      error: { exit: 1, says: "There is no customer 'nobody'.", faults: [] },
    });
  });
});

describe('why', () => {
  it('tells every touch made and not made, in order, each with its reason', async () => {
    const at = { now: monday };
    const budgets = createBudgets(own.api.db, {
      clock: { ...clockOf({ realAnchor: 0, virtualAnchor: 0, rate: 1 }), now: () => at.now },
    });
    const policy = policyOf({ windows: [{ name: 'a week', atMost: 1, in: '7 days' }] });
    const about = {
      version: 1,
      step: 'first-word',
      visit: 1,
      template: 'spring-offer',
      considered: {
        rules: [
          {
            because: 'key clients hear from a person',
            holds: false,
            values: { 'customer.keyClient': null },
            decided: [],
          },
        ],
        skipped: ['sms: there is no address'],
      },
    };
    const ask = (touchId: string) =>
      budgets.reserve(
        askOf(touchId, 'ana', {
          policy,
          about,
          firstAskedAt: at.now,
          candidates: [{ channel: 'email', address: 'ana@example.com' }],
        }),
      );
    await ask('run-1/first-word/1');
    at.now += 60_000;
    await ask('run-2/first-word/1');
    const { exit, out, told } = await own.cli(['why', 'ana']);
    expect({ exit, told }).toEqual({ exit: 0, told: '' });
    expect(out).toMatchInlineSnapshot(`
     "2 touches to ana, oldest first.

     2026-03-02 09:00Z  offer 1, step 'first-word', 'spring-offer' for marketing
       It has its place by email, to be sent by Mon 2 Mar 2026 10:15 (Europe/Berlin).
       · asked 2026-03-02 09:00Z: Allowed by email: a week 1 of 1.
       · rule 'key clients hear from a person' does not fit (customer.keyClient is not known)
       · left out: sms: there is no address

     2026-03-02 09:00Z  starter was not entered
       it is entered only if inquiry-received.topic is other.

     2026-03-02 09:01Z  offer 1, step 'first-word', 'spring-offer' for marketing
       Not sent: budget 'a week' is used up (1 of 1 in 7 days by run-1/first-word/1).
       · rule 'key clients hear from a person' does not fit (customer.keyClient is not known)
       · left out: sms: there is no address"
    `);
    const { touches } = jsonOf(await own.cli(['why', 'ana', '--json'])) as { touches: { touchId: string }[] };
    expect(touches.map(({ touchId }) => touchId)).toEqual(['run-1/first-word/1', 'run-2/first-word/1']);
    const newest = await own.cli(['why', 'ana', '--limit', '1']);
    const [, command = ''] = /There are older ones: righttouch (.*)$/m.exec(newest.out) ?? [];
    const older = await own.cli(command.split(' '));
    expect([newest.out, older.out].map((told) => /2026-03-02 09:0\dZ/.exec(told)?.[0])).toEqual([
      '2026-03-02 09:01Z',
      '2026-03-02 09:00Z',
    ]);
    expect(older.out).not.toContain('There are older ones');
  });

  it('tells it to people at the desk and to the customer in their own words', async () => {
    expect((await own.cli(['why', 'ana', '--for', 'agent'])).out).toMatchInlineSnapshot(`
     "2026-03-02 09:00Z  'spring-offer': It may go by e-mail, by Monday, 2 Mar 2026 at 10:15.
     2026-03-02 09:00Z  'starter': It was not begun.
     2026-03-02 09:01Z  'spring-offer': Not sent: they have heard enough (1 of at most 1 in 7 days)."
    `);
    expect((await own.cli(['why', 'ana', '--for', 'customer', '--language', 'de'])).out).toMatchInlineSnapshot(`
     "2026-03-02 09:00Z  Eine Nachricht an Sie ist per E-Mail unterwegs.
     2026-03-02 09:01Z  Wir haben Sie nicht kontaktiert, weil Sie in letzter Zeit schon genug von uns gehört haben."
    `);
    expect(await own.cli(['why', 'ana', '--for', 'anybody'])).toEqual({
      exit: 2,
      out: '',
      told: "--for is 'anybody', but should be designer, agent or customer.",
    });
  });

  it('says that nothing was asked yet, that nobody is called so, and what it cannot read', async () => {
    expect(await own.cli(['why', 'ben'])).toEqual({ exit: 0, told: '', out: 'Nobody has asked to touch ben yet.' });
    expect(await own.cli(['why', 'nobody'])).toEqual({ exit: 1, out: '', told: "There is no customer 'nobody'." });
    expect(await own.cli(['why', 'ana', '--limit', '201'])).toEqual({
      exit: 2,
      out: '',
      told: "--limit is '201', but should be a whole number from 1 to 200.",
    });
  });
});

describe('a journey of one customer', () => {
  it('is paused, stopped and let go on; and people are found', async () => {
    await own.cli(['customers', 'put', 'zoe', '--email', 'zoe@example.com', 'firstName=Zoe']);
    expect((await own.cli(['customers', 'find', 'zo'])).out).toMatch(/zoe +Zoe +zoe@example.com +id +–/);
    expect((await own.cli(['customers', 'find', 'nobody at all'])).out).toContain('Nobody is found');
    expect((await own.cli(['customers', 'journeys', 'zoe'])).out).toContain('none is stopped');
    const stop = ['customers', 'stop-journey', 'zoe', 'starter', '--reason', 'is away'];
    expect((await own.cli([...stop, '--until', '2026-03-09T09:00:00Z'])).out).toMatch(/starter +– +until 2026-03-09/);
    expect((await own.cli(stop)).out).toMatch(/starter +– +for good +\S+ +is away/);
    expect(await own.cli([...stop, '--until', 'soon'])).toMatchObject({ exit: 2 });
    expect((await own.cli(['customers', 'resume-journey', 'zoe', 'starter'])).out).toContain('none is stopped');
  });
});

describe('tasks', () => {
  it('are listed, claimed, put aside, given back, answered and finished', async () => {
    await opened(own.api.db, 'ana', { now: monday });
    const { out } = await own.cli(['tasks', 'list']);
    expect(out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ['task', 'customer', 'state', 'asked'],
      ['T-1', 'ana', 'open', 'care'],
    ]);
    const by = ['--agent', 'eva'];
    expect((await own.cli(['tasks', 'claim', 'T-1', ...by])).out).toMatch(
      /^T-1 of ana, asked of care, is claimed by eva, until 2026-/,
    );
    expect(await own.cli(['tasks', 'claim', 'T-1', '--agent', 'ida'])).toEqual({
      exit: 1,
      out: '',
      told: 'Task T-1 is already claimed by eva (09:00).',
    });
    expect((await own.cli(['tasks', 'release', 'T-1', ...by])).out).toContain('is open');
    expect((await own.cli(['tasks', 'snooze', 'T-1', '2026-03-03T09:00:00Z', ...by])).out).toContain('is snoozed');
    expect((await own.cli(['tasks', 'claim', 'T-1', ...by])).exit).toBe(0);
    expect(await own.cli(['tasks', 'answer', 'T-1', 'It is here on Friday.', ...by])).toMatchObject({
      exit: 1,
      out: expect.stringContaining('consent: no consent to service by email'),
    });
    const all = ['--why', 'she asked for it'];
    expect((await own.cli(['tasks', 'answer', 'T-1', 'It is here on Friday.', ...all, ...by])).out).toContain(
      'is claimed by eva',
    );
    expect((await own.cli(['tasks', 'note', 'T-1', 'She was out', ...by])).out).toContain('is claimed by eva');
    const friday = ['2026-03-06T09:00:00Z', '--about', 'is it there?'];
    expect((await own.cli(['tasks', 'remind', 'T-1', ...friday, ...by])).exit).toBe(0);
    expect((await own.cli(['tasks', 'show', 'T-1'])).out).toContain("can end as: 'answered', 'called'");
    expect(await own.cli(['tasks', 'complete', 'T-1', 'forgotten', ...by])).toMatchObject({
      exit: 1,
      told: expect.stringContaining("'answered' or 'called'"),
    });
    expect((await own.cli(['tasks', 'complete', 'T-1', 'answered', ...by])).out).toBe(
      "T-1 of ana, asked of care, is done by eva, as 'answered'.",
    );
    expect((await own.cli(['tasks'])).out).toBe('There is no such task.');
    const why = ['--why', 'the part was the wrong one'];
    expect((await own.cli(['tasks', 'reopen', 'T-1', ...by, ...why])).out).toContain(
      'T-1 of ana, asked of care, is open',
    );
    expect((await own.cli(['tasks', 'reassign', 'T-1', 'ida', ...by, ...why])).out).toContain('is claimed by ida');
    expect((await own.cli(['tasks', 'hand-over', 'T-1', 'field', '--agent', 'ida', ...why])).out).toContain(
      'asked of field, is open',
    );
    expect(await own.cli(['tasks', 'hand-over', 'T-1', 'feild', '--agent', 'ida', ...why])).toMatchObject({
      exit: 1,
      told: expect.stringContaining("Did you mean 'field'?"),
    });
    expect((await own.cli(['tasks', 'show', 'T-1'])).out).toContain('hand over by ida: the part was the wrong one');
  });

  it('say what is missing', async () => {
    expect(await own.cli(['tasks', 'claim', 'T-1'])).toMatchObject({
      exit: 2,
      told: "Required option '--agent <name>' not specified.",
    });
    expect(await own.cli(['tasks', 'show', 'T-99'])).toEqual({ exit: 1, out: '', told: "There is no task 'T-99'." });
    expect(await own.cli(['tasks', 'snooze', 'T-1', 'tomorrow', '--agent', 'eva'])).toEqual({
      exit: 2,
      out: '',
      told: "'tomorrow' should be an instant, such as 2026-03-02T09:00:00Z.",
    });
  });
});

describe('The key of the installation on this machine', () => {
  it('is found in the data folder, and sent to this machine alone', async () => {
    writeFileSync(join(own.folder, 'key'), `${own.api.key}\n`, { mode: 0o600 });
    expect((await own.cli(['customers', 'list'], { RIGHTTOUCH_KEY: '' })).exit).toBe(0);
    writeFileSync(join(own.folder, 'running.json'), JSON.stringify({ pid: 1, bornAt: '', url: own.url }));
    expect((await own.cli(['customers', 'list'], { RIGHTTOUCH_KEY: '', RIGHTTOUCH_URL: '' })).exit).toBe(0);
    const { findAccess } = await import('../../cli/api-client/access.ts');
    const env = { RIGHTTOUCH_DATA: own.folder };
    expect(findAccess({ env }, undefined)).toMatchObject({ url: own.url, key: own.api.key });
    expect(findAccess({ env }, 'https://touch.example.com/api/')).toEqual({
      url: 'https://touch.example.com/api',
      key: null,
      keyFrom: null,
    });
  });
});
