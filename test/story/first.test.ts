import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEngine, until, type Engine } from './engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

test('an event ends as an e-mail that names when they hear from us, and the run waits for our answer', async () => {
  await engine.customer('ana');
  await engine.event('ana', 'inquiry-received', { inquiryId: 'i-1', topic: 'billing', urgent: false });
  const mail = await until('a mail', () => engine.inbox.mails[0]);
  expect(mail.subject).toBe('We have your message');
  expect(mail.text).toContain('Thursday, 26 November, 10:00');
  const run = await until('parked', () =>
    engine.db
      .selectFrom('enrolments')
      .selectAll()
      .where('journey', '=', 'inquiry')
      .where('step', '=', 'our-answer')
      .executeTakeFirst(),
  );
  expect(run.waiting_for).toBe('we-answered');
});
