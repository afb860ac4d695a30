import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answeredTouch, type Heard, recencyMs, type SentTouch } from '../../../core/reply/answered.ts';
import { type ReplyFacts, type ReplyRoute, routeReply } from '../../../core/reply/route.ts';

const facts = (some: Partial<ReplyFacts>): ReplyFacts => ({
  kind: 'message',
  openTasks: [],
  answersTouch: null,
  listeningEnrolments: [],
  ...some,
});
const task = (taskId: string, ...enrolmentIds: string[]) => ({ taskId, enrolmentIds });
const ofRun = (enrolmentId: string) => ({ enrolmentId, taskId: null });

describe('who gets a reply', () => {
  test.each<[string, Partial<ReplyFacts>, ReplyRoute]>([
    [
      'the open task, even if another run asked last',
      { openTasks: [task('T1', 'a')], answersTouch: ofRun('b'), listeningEnrolments: ['b', 'a'] },
      { to: 'task', taskId: 'T1', because: 'open-task', others: ['b', 'a'] },
    ],
    [
      'of two open tasks, the one last written in',
      { openTasks: [task('T2', 'b'), task('T1', 'a')] },
      { to: 'task', taskId: 'T2', because: 'open-task', others: [] },
    ],
    [
      'of two open tasks, the one of the run it answers',
      { openTasks: [task('T2', 'b'), task('T1', 'a')], answersTouch: ofRun('a') },
      { to: 'task', taskId: 'T1', because: 'open-task', others: [] },
    ],
    [
      'of two open tasks, the one whose agent it answers',
      { openTasks: [task('T2', 'b'), task('T1', 'a')], answersTouch: { enrolmentId: 'b', taskId: 'T1' } },
      { to: 'task', taskId: 'T1', because: 'open-task', others: [] },
    ],
    [
      'the run whose touch it answers, though a newer one listens',
      { answersTouch: ofRun('old'), listeningEnrolments: ['new', 'old'] },
      { to: 'enrolment', enrolmentId: 'old', because: 'answers-touch', others: ['new'] },
    ],
    [
      'the newest that listens, when the run it answers is over',
      { answersTouch: ofRun('over'), listeningEnrolments: ['new', 'old'] },
      { to: 'enrolment', enrolmentId: 'new', because: 'newest-listening', others: ['old'] },
    ],
    [
      'the newest that listens, when an answered task is closed',
      { answersTouch: { enrolmentId: null, taskId: 'closed' }, listeningEnrolments: ['new'] },
      { to: 'enrolment', enrolmentId: 'new', because: 'newest-listening', others: [] },
    ],
    [
      'a default task, when nobody listens',
      { answersTouch: ofRun('over') },
      { to: 'default-task', because: 'nobody-listens' },
    ],
  ])('%s', (_case, some, route) => {
    expect(routeReply(facts(some))).toEqual(route);
  });

  test.each(['auto-reply', 'bounce', 'reaction', 'stop'] as const)('nobody gets a %s', (kind) => {
    const all = { openTasks: [task('T1', 'a')], answersTouch: ofRun('a'), listeningEnrolments: ['a'] };
    expect(routeReply(facts({ ...all, kind }))).toEqual({ to: 'nobody', because: kind });
  });

  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const anyFacts: fc.Arbitrary<ReplyFacts> = fc.record({
    kind: fc.constantFrom('message', 'auto-reply', 'bounce', 'reaction', 'stop'),
    openTasks: fc.uniqueArray(fc.record({ taskId: fc.constantFrom('T1', 'T2'), enrolmentIds: fc.array(id) }), {
      selector: (open) => open.taskId,
    }),
    answersTouch: fc.option(fc.record({ enrolmentId: fc.option(id), taskId: fc.option(fc.constantFrom('T1', 'T2')) })),
    listeningEnrolments: fc.uniqueArray(id),
  });

  test('every message has exactly one destination that exists, and every other listener hears of it once', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        const route = routeReply(any);
        const { kind, openTasks, listeningEnrolments: listening } = any;
        if (kind !== 'message') {
          expect(route).toEqual({ to: 'nobody', because: kind });
        } else if (openTasks.length > 0) {
          expect(route).toMatchObject({ to: 'task', others: listening });
          expect(openTasks.map((open) => open.taskId)).toContain(route.to === 'task' && route.taskId);
        } else if (listening.length > 0) {
          expect(route.to === 'enrolment' && [route.enrolmentId, ...route.others].sort()).toEqual(
            [...listening].sort(),
          );
        } else {
          expect(route.to).toBe('default-task');
        }
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });
});

describe('which touch a message answers', () => {
  const sentAt = Date.UTC(2026, 10, 24, 16);
  const touch = (touchId: string, some: Partial<SentTouch> = {}): SentTouch => ({
    touchId,
    enrolmentId: touchId,
    taskId: null,
    channel: 'sms',
    to: '+491713920012',
    messageId: null,
    sentAt,
    ...some,
  });
  const heard = (some: Partial<Heard>): Heard => ({
    channel: 'sms',
    from: '+491713920012',
    at: sentAt + 60_000,
    inReplyTo: null,
    references: [],
    ...some,
  });
  const mail = (touchId: string, messageId: string) => touch(touchId, { channel: 'email', messageId });

  test.each<[string, Heard, SentTouch[], string | undefined]>([
    ['the one it cites', heard({ channel: 'email', inReplyTo: '<a>' }), [mail('b', '<b>'), mail('a', '<a>')], 'a'],
    [
      'the newest of its thread',
      heard({ channel: 'email', references: ['<a>', '<b>', '<x>'] }),
      [mail('a', '<a>'), mail('b', '<b>')],
      'b',
    ],
    ['none, for a mail that cites nothing', heard({ channel: 'email' }), [mail('a', '<a>')], undefined],
    [
      'the last one to that number',
      heard({}),
      [touch('a', { sentAt: sentAt - 1 }), touch('b'), touch('c', { sentAt: sentAt - 2 })],
      'b',
    ],
    ['none to another number', heard({ from: '+491713920013' }), [touch('a')], undefined],
    ['none on another channel', heard({ channel: 'whatsapp' }), [touch('a')], undefined],
    ['one sent exactly the limit ago', heard({ at: sentAt + recencyMs }), [touch('a')], 'a'],
    ['none sent longer ago', heard({ at: sentAt + recencyMs + 1 }), [touch('a')], undefined],
    ['none sent after it', heard({ at: sentAt - 1 }), [touch('a')], undefined],
  ])('%s', (_case, message, touches, expected) => {
    expect(answeredTouch(message, touches)?.touchId).toBe(expected);
  });
});
