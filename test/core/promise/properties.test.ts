import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { deadlineOf, lookAt, type Promised, type Spans } from '../../../core/promise/promise.ts';

const hour = 3_600_000;
const made = Date.parse('2026-03-02T12:00:00Z');
const spans: Spans = (_team, from, span, direction) => from + direction * Number.parseInt(span, 10) * hour;

const hours = (max: number) => fc.integer({ min: 1, max }).map((n) => `${String(n)} hours`);
const renewals = fc.option(
  fc.record({
    say: fc.constant('takes-longer'),
    ahead: hours(60),
    more: hours(60),
    times: fc.integer({ min: 1, max: 4 }),
  }),
);
/** How a promise was made, and for each time it is looked at: how late that is, and whether the customer could be told. */
const stories = fc.record({
  due: fc.integer({ min: 0, max: 100 }),
  renew: renewals,
  looks: fc.array(fc.record({ lateMs: fc.integer({ min: 0, max: 3 * hour }), told: fc.boolean() }), { maxLength: 12 }),
});

/** Looks at it as its workflow does, at each deadline, until it is settled; calls `see` with all that is known then. */
function follow(
  { due, renew, looks }: typeof stories extends fc.Arbitrary<infer T> ? T : never,
  see: (promise: Promised, now: number, look: ReturnType<typeof lookAt>) => void,
): Promised {
  const first = { team: 'care', dueAt: made + due * hour, renew, renewed: 0 };
  let promise: Promised = { ...first, deadlineAt: deadlineOf(first, made, spans) };
  for (let n = 0; promise.deadlineAt !== null && n < 40; n++) {
    const now = promise.deadlineAt + (looks[n]?.lateMs ?? 0);
    const look = lookAt(promise, now, spans);
    see(promise, now, look);
    if (look.what === 'broken') promise = { ...promise, deadlineAt: null };
    if (look.what !== 'renew') continue;
    const told = looks[n]?.told ?? true;
    const next = told
      ? { ...promise, dueAt: look.dueAt, renewed: look.number }
      : { ...promise, renewed: renew?.times ?? look.number };
    promise = { ...next, deadlineAt: deadlineOf(next, now, spans) };
  }
  return promise;
}

describe('a promise, whatever its times and however late somebody looks', () => {
  it('is broken in the end, if nobody keeps it: it never waits for ever and never stops being watched', () => {
    fc.assert(fc.property(stories, (story) => follow(story, () => undefined).deadlineAt === null));
  });

  it('has a deadline no later than the time the customer was told', () => {
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, ({ deadlineAt, dueAt }) => {
          if (deadlineAt === null || deadlineAt > dueAt)
            throw new Error(`looked at ${String(deadlineAt)}, due ${String(dueAt)}`);
        });
      }),
    );
  });

  it('is renewed only before its time, for a later time, and no oftener than it may be', () => {
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, (promise, now, look) => {
          if (look.what !== 'renew') return;
          if (now >= promise.dueAt) throw new Error('told too late');
          if (look.dueAt <= promise.dueAt) throw new Error('renewed for an earlier time');
          if (look.number > (story.renew?.times ?? 0)) throw new Error('renewed too often');
        });
      }),
    );
  });

  it('is broken at its time and not before', () => {
    fc.assert(
      fc.property(stories, (story) => {
        follow(story, ({ dueAt }, now, look) => {
          if ((look.what === 'broken') !== now >= dueAt)
            throw new Error(`${look.what} at ${String(now)}, due ${String(dueAt)}`);
        });
      }),
    );
  });
});
