import { describe, expect, it, test } from '@jest/globals';
import { checkPolicy } from '../../../core/budget/policy-check/check-policy.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import { justEnough as sample } from '../../../journeys/policy.ts';
import { justEnough } from './fixtures.ts';

const known = {
  teams: ['success'],
  purposes: ['service', 'relationship', 'marketing'],
  journeys: ['inquiry', 'offer', 'renewal'],
  events: ['inquiry-received', 'offer-ready'],
};
/** Nothing but what a test names; every rank is known. */
const found = (over: Partial<Policy>): string[] =>
  checkPolicy({ ...justEnough, windows: [], spacing: [], quiet: [], unknownIsSentAfter: '3 days', ...over }, known).map(
    ({ rule, problem, mend, isContradiction }) => `${rule}${isContradiction ? '!' : ''}: ${problem} ${mend}`,
  );
const windows = (...all: Omit<Policy['windows'][number], 'name'>[]): string[] =>
  found({ windows: all.map((window, n) => ({ name: 'abc'[n] ?? '', ...window })) });

it('finds nothing in the sample', () => {
  expect(checkPolicy(sample, known)).toEqual([]);
});

it('doubts that nothing is said of touches whose outcome nobody finds out', () => {
  const { unknownIsSentAfter: _, ...silent } = sample;
  expect(checkPolicy(silent, known)).toEqual([
    {
      rule: 'unknownIsSentAfter',
      problem:
        'Nothing says when a touch counts as sent of which nobody knows whether it went out: where neither a receipt nor a look-up tells, it stays unknown for good.',
      mend: "State it: unknownIsSentAfter: '3 days', or a time for each channel whose provider tells nothing.",
      isContradiction: false,
    },
  ]);
  expect(checkPolicy({ ...silent, unknownIsSentAfter: { email: '1 day' } }, known)).toEqual([]);
});

describe('a window that never stops anything', () => {
  test.each([
    [
      'a longer one allows no more',
      [
        { atMost: 6, in: '7 days' },
        { atMost: 6, in: '24 hours' },
      ],
      [
        "window 'b': The window 'b' can never bind: it allows 6 in 24 hours, and 'a' lets no more than 6 through in 7 days. Allow less than 6 in 24 hours, or take the window out.",
      ],
    ],
    [
      'a longer one allows more',
      [
        { atMost: 7, in: '7 days' },
        { atMost: 6, in: '24 hours' },
      ],
      [],
    ],
    [
      'shorter ones do not add up to it',
      [
        { atMost: 3, in: '24 hours' },
        { atMost: 21, in: '7 days' },
      ],
      [
        "window 'b': The window 'b' is out of reach: it allows 21 in 7 days, and 'a' lets at most 21 through in that time (7 times 3 in 24 hours). Allow less than 21 in 7 days, or take the window out.",
      ],
    ],
    [
      'shorter ones add up to more',
      [
        { atMost: 3, in: '24 hours' },
        { atMost: 20, in: '7 days' },
      ],
      [],
    ],
    [
      'a part of a span is one more',
      [
        { atMost: 3, in: '2 days' },
        { atMost: 11, in: '7 days' },
      ],
      [],
    ],
    [
      'days of a month that all count',
      [
        { atMost: 1, in: 'calendar day' },
        { atMost: 31, in: 'calendar month' },
      ],
      [
        "window 'b': The window 'b' is out of reach: it allows 31 in a calendar month, and 'a' lets at most 31 through in that time (31 times 1 in a calendar day). Allow less than 31 in a calendar month, or take the window out.",
      ],
    ],
    [
      'a rolling day may hold two halves of calendar days',
      [
        { atMost: 2, in: 'calendar day' },
        { atMost: 3, in: '1 day' },
      ],
      [],
    ],
    [
      'a rolling day may have room for an hour more than the calendar has',
      [
        { atMost: 3, in: '1 day' },
        { atMost: 3, in: 'calendar day' },
      ],
      [],
    ],
    [
      'the same twice: the later is too many',
      [
        { atMost: 3, in: '1 day' },
        { atMost: 3, in: '1 day' },
      ],
      [
        "window 'b': The window 'b' can never bind: it allows 3 in 1 day, and 'a' lets no more than 3 through in 1 day. Allow less than 3 in 1 day, or take the window out.",
      ],
    ],
    [
      'one about more, and one about a part of it',
      [
        { atMost: 3, in: '7 days' },
        { atMost: 4, in: '7 days', purposes: ['marketing'] },
      ],
      [
        "window 'b': The window 'b' can never bind: it allows 4 in 7 days, and 'a' lets no more than 3 through in 7 days. Allow less than 3 in 7 days, or take the window out.",
      ],
    ],
    [
      'one about a part never stops what is about more',
      [
        { atMost: 3, in: '7 days', purposes: ['marketing'] },
        { atMost: 4, in: '7 days' },
      ],
      [],
    ],
    [
      'one that is kept for others is reached by those it is kept for',
      [
        { atMost: 6, in: '7 days', keep: { cost: 4, for: ['service'] } },
        { atMost: 3, in: '7 days' },
      ],
      [
        "window 'a': The window 'a' can never bind: it allows 6 in 7 days, and 'b' lets no more than 3 through in 7 days. Allow less than 3 in 7 days, or take the window out.",
      ].slice(1),
    ],
    [
      'a soft one never alerts',
      [
        { atMost: 3, in: '7 days' },
        { atMost: 3, in: '7 days', over: 'alert' as const },
      ],
      [
        "window 'b': The window 'b' can never alert: it allows 3 in 7 days, and 'a' lets no more than 3 through in 7 days. Allow less than 3 in 7 days, or take the window out.",
      ],
    ],
    [
      'a soft one stops nothing',
      [
        { atMost: 7, in: '7 days', over: 'alert' as const },
        { atMost: 8, in: '7 days' },
      ],
      [],
    ],
    [
      'what is free',
      [{ atMost: 3, in: '7 days', channels: ['chat' as const] }],
      [
        "window 'a': The window 'a' counts nothing: every touch that it is about costs 0. Give one of its channels a cost, or take the window out.",
      ],
    ],
  ])('%s', (_, all, expected) => {
    // Headroom has its own findings.
    expect(windows(...all).filter((finding) => !finding.includes('keeps'))).toEqual(expected);
  });

  it('because touches are far enough apart already', () => {
    const marketing = { channels: ['email'] as const, purposes: ['marketing'] };
    const rules = (atMost: number) =>
      found({ windows: [{ name: 'a', atMost, in: '7 days', ...marketing }], spacing: [{ apart: '36 hours' }] });
    expect(rules(5)).toEqual([
      "window 'a': The window 'a' is out of reach: it allows 5 in 7 days, and touches 36 hours apart add up to 5 at most. Allow less than 5 in 7 days, or take the window out.",
    ]);
    expect(rules(4)).toEqual([]);
  });
});

describe('a window, by what its touches cost,', () => {
  const calls = { channels: ['voice'] as const };
  const priced = { ...justEnough.cost, voice: { tech: 4, human: 1 } };
  it('is too narrow if the cheapest that tech makes does not fit', () => {
    expect(found({ cost: priced, windows: [{ name: 'a', atMost: 3, in: '7 days', ...calls }] })).toEqual([
      "window 'a'!: The window 'a' allows 3, and the cheapest touch in it costs 4: nothing could ever go out. Allow at least 4, or take the window out.",
    ]);
    expect(found({ cost: priced, windows: [{ name: 'a', atMost: 4, in: '7 days', ...calls }] })).toEqual([]);
  });
  it('is out of reach if the dearest, so far apart, do not add up to it', () => {
    const rules = (atMost: number) =>
      found({ windows: [{ name: 'a', atMost, in: '7 days' }], spacing: [{ apart: '36 hours' }] });
    expect(rules(20)).toEqual([
      "window 'a': The window 'a' is out of reach: it allows 20 in 7 days, and touches 36 hours apart add up to 20 at most. Allow less than 20 in 7 days, or take the window out.",
    ]);
    expect(rules(19)).toEqual([]);
  });
  it('with something kept is reached by those who may use least', () => {
    const kept = { atMost: 7, in: '7 days', channels: ['email'] as const, keep: { cost: 2, for: ['service'] } };
    const rules = (apart: string) => found({ windows: [{ name: 'a', ...kept }], spacing: [{ apart }] });
    expect(rules('28 hours')).toEqual([]);
    expect(rules('36 hours')).toHaveLength(1);
  });
  it('is told with the figures of one calendar day where three of them meet a day', () => {
    expect(windows({ atMost: 2, in: 'calendar day' }, { atMost: 6, in: '1 day' })).toEqual([
      "window 'b': The window 'b' can never bind: it allows 6 in 1 day, and 'a' lets no more than 2 through in a calendar day. Allow less than 6 in 1 day, or take the window out.",
    ]);
    expect(windows({ atMost: 2, in: 'calendar day' }, { atMost: 5, in: '1 day' })).toEqual([]);
  });
});

describe('headroom', () => {
  const keep = { cost: 4, for: ['service'] };
  test.each([
    [
      'another window gives it away',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 20, in: '30 days' },
      ],
      [
        "window 'a': The window 'a' keeps 4 for service, and 'b' leaves them 0 of 20 when other purposes have used it. Keep as much there: keep: { cost: 4, for: ['service'] }.",
      ],
    ],
    [
      'the other keeps as much',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 20, in: '30 days', keep },
      ],
      [],
    ],
    [
      'a third stops others before',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 20, in: '30 days' },
        { atMost: 16, in: '30 days', purposes: ['marketing', 'relationship'] },
      ],
      [],
    ],
    [
      'the other is about some of the channels only',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 4, in: '7 days', channels: ['sms' as const] },
      ],
      [],
    ],
    [
      'those it is kept for may not use it',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 3, in: '7 days', purposes: ['service'] },
      ],
      [
        "window 'a': The window 'a' keeps 4 of 10 for service, and other windows let them use 3 in 7 days. Keep at most 3, or let the others allow more.",
      ],
    ],
    [
      'it is kept for what the window is not about',
      [{ atMost: 10, in: '7 days', purposes: ['marketing'], keep }],
      [
        "window 'a': The window 'a' keeps 4 for service, which it does not count. Keep it for purposes that the window is about, or keep nothing.",
      ],
    ],
    [
      'it is more than others leave',
      [{ atMost: 4, in: '7 days', keep }],
      ["window 'a'!: The window 'a' keeps 4 of 4: nothing is left for other purposes. Keep at most 3."],
    ],
    [
      'those it is kept for may use just as much',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 4, in: '7 days', purposes: ['service'] },
      ],
      [],
    ],
    [
      'a soft one gives nothing away',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 30, in: '30 days', over: 'alert' as const },
      ],
      [],
    ],
    [
      'the other keeps it for somebody else, and is full before',
      [
        { atMost: 10, in: '7 days', keep },
        { atMost: 20, in: '30 days', keep: { cost: 5, for: ['relationship'] } },
      ],
      [
        "window 'a': The window 'a' keeps 4 for service, and 'b' leaves them 0 of 20 when other purposes have used it. Keep as much there: keep: { cost: 4, for: ['service'] }.",
        "window 'b': The window 'b' keeps 5 for relationship, and 'a' leaves them 0 of 10 when other purposes have used it. Keep as much there: keep: { cost: 5, for: ['relationship'] }.",
      ],
    ],
    [
      'it is kept for two, and the other keeps it for one of them',
      [
        { atMost: 10, in: '7 days', keep: { cost: 4, for: ['service', 'relationship'] } },
        { atMost: 20, in: '30 days', keep: { cost: 5, for: ['relationship'] } },
      ],
      [
        "window 'a': The window 'a' keeps 4 for service and relationship, and 'b' leaves them 0 of 20 when other purposes have used it. Keep as much there: keep: { cost: 4, for: ['service', 'relationship'] }.",
        "window 'b': The window 'b' keeps 5 for relationship, and 'a' leaves them 0 of 10 when other purposes have used it. Keep as much there: keep: { cost: 5, for: ['relationship'] }.",
      ],
    ],
    ['it is kept from nobody', [{ atMost: 4, in: '7 days', purposes: ['service'], keep }], []],
    ['it is nothing', [{ atMost: 4, in: '7 days', keep: { cost: 0, for: ['service'] } }], []],
  ])('%s', (_, all, expected) => {
    expect(windows(...all)).toEqual(expected);
  });
});

describe('a soft cap', () => {
  const soft = (atMost: number, span: string) => windows({ atMost, in: span, purposes: ['service'], over: 'alert' });
  it('alerts every day if one touch a day passes it', () => {
    expect(soft(6, '7 days')).toEqual([
      "window 'a': The window 'a' alerts above 6 in 7 days: one touch a day makes 7, and alerts every day. Allow at least 7, or let it refuse.",
    ]);
    expect(soft(27, 'calendar month')).toHaveLength(1);
    expect([soft(7, '7 days'), soft(1, '24 hours'), soft(28, 'calendar month')]).toEqual([[], [], []]);
  });
  it('is judged by two days and more, and by what its touches cost', () => {
    expect([soft(0, '24 hours'), soft(0, '6 hours')]).toEqual([[], []]);
    expect(soft(1, '2 days')).toHaveLength(1);
    const texts = { in: '7 days', channels: ['sms' as const], purposes: ['service'], over: 'alert' as const };
    expect(windows({ atMost: 13, ...texts })).toEqual([
      "window 'a': The window 'a' alerts above 13 in 7 days: one touch a day makes 14, and alerts every day. Allow at least 14, or let it refuse.",
    ]);
    expect(windows({ atMost: 14, ...texts })).toEqual([]);
  });
  it('does if one touch a day may just come', () => {
    const services = { in: '7 days', purposes: ['service'] };
    expect(windows({ atMost: 6, ...services, over: 'alert' }, { atMost: 7, ...services })).toHaveLength(1);
  });
  it('does not if one touch a day cannot come', () => {
    expect(
      windows({ atMost: 4, in: '7 days', purposes: ['service'], over: 'alert' }, { atMost: 6, in: '7 days' }),
    ).toEqual([]);
  });
});

describe('spacing', () => {
  const week = [{ name: 'a', atMost: 1, in: '7 days', channels: ['email' as const] }];
  test.each([
    [
      'a window has room for one',
      { windows: week, spacing: [{ apart: '2 days', channels: ['email' as const] }] },
      [
        "spacing '2 days apart': The spacing of touches 2 days apart can never bind: 'a' allows 1 in 7 days, which is one touch. Take it out, or let it be longer than what holds them apart already.",
      ],
    ],
    ['a window has room for one of some of them', { windows: week, spacing: [{ apart: '2 days' }] }, []],
    [
      'it is longer than the window',
      { windows: week, spacing: [{ apart: '8 days', channels: ['email' as const] }] },
      [
        "window 'a': The window 'a' is out of reach: it allows 1 in 7 days, and touches 8 days apart add up to 1 at most. Take the window out.",
      ],
    ],
    [
      'another is longer',
      { spacing: [{ apart: '2 days' }, { apart: '1 day', purposes: ['marketing'] }] },
      [
        "spacing '1 day apart': The spacing of touches 1 day apart can never bind: the same touches are 2 days apart already. Take it out, or let it be longer than what holds them apart already.",
      ],
    ],
    [
      'a window has room for two',
      { windows: [{ ...week[0]!, atMost: 2 }], spacing: [{ apart: '2 days', channels: ['email' as const] }] },
      [],
    ],
    [
      'a window lets one through and alerts',
      {
        windows: [{ ...week[0]!, in: '24 hours', over: 'alert' as const }],
        spacing: [{ apart: '12 hours', channels: ['email' as const] }],
      },
      [],
    ],
    [
      'a window has room for one that is dear',
      {
        windows: [{ name: 'a', atMost: 3, in: '2 days', channels: ['sms' as const] }],
        spacing: [{ apart: '2 days', channels: ['sms' as const] }],
      },
      [
        "window 'a': The window 'a' is out of reach: it allows 3 in 2 days, and touches 2 days apart add up to 2 at most. Allow less than 2 in 2 days, or take the window out.",
        "spacing '2 days apart': The spacing of touches 2 days apart can never bind: 'a' allows 3 in 2 days, which is one touch. Take it out, or let it be longer than what holds them apart already.",
      ],
    ],
    [
      'the same twice: the later is too many',
      { spacing: [{ apart: '1 day' }, { apart: '24 hours' }, { apart: '2 hours', channels: ['email' as const] }] },
      [
        "spacing '24 hours apart': The spacing of touches 24 hours apart can never bind: the same touches are 1 day apart already. Take it out, or let it be longer than what holds them apart already.",
        "spacing '2 hours apart': The spacing of touches 2 hours apart can never bind: the same touches are 1 day apart already. Take it out, or let it be longer than what holds them apart already.",
      ],
    ],
    ['another is longer for some', { spacing: [{ apart: '2 days', purposes: ['marketing'] }, { apart: '1 day' }] }, []],
    [
      'it is nothing',
      { spacing: [{ apart: '0 days' }] },
      [
        "spacing '0 days apart': The spacing of touches 0 days apart can never bind: no two touches are nearer than that. Take it out, or let it be longer than what holds them apart already.",
      ],
    ],
    [
      'its touches are free',
      { spacing: [{ apart: '1 day', channels: ['chat' as const] }] },
      [
        "spacing '1 day apart': The spacing of touches 1 day apart can never bind: every touch that it is about costs 0. Take it out, or let it be longer than what holds them apart already.",
      ],
    ],
  ])('%s', (_, over, expected) => {
    expect(found(over)).toEqual(expected);
  });
});

test('quiet hours about nothing that is named leave no hour to anything', () => {
  expect(found({ quiet: [{ from: '00:00', to: '24:00' }] })).toHaveLength(6 * known.purposes.length);
});

describe('and what else contradicts itself', () => {
  test.each<[string, Partial<Policy>, string[]]>([
    [
      'less that is not less',
      { windows: [{ name: 'a', atMost: 1, in: '90 days' }] },
      ["less: 'less' allows 1 in 30 days, and the windows let no more than 1 through in that time. Allow less than 1."],
    ],
    [
      'less that is not less than what others than services get',
      { windows: [{ name: 'a', atMost: 1, in: '90 days', purposes: ['marketing', 'relationship'] }] },
      ["less: 'less' allows 1 in 30 days, and the windows let no more than 1 through in that time. Allow less than 1."],
    ],
    [
      'less, where services alone have a window',
      { windows: [{ name: 'a', atMost: 1, in: '90 days', purposes: ['service'] }] },
      [],
    ],
    [
      'purposes and windows by names nobody knows',
      {
        windows: [
          { name: 'a', atMost: 5, in: '7 days', purposes: ['advertisement'], keep: { cost: 1, for: ['servise'] } },
          { name: 'a', atMost: 4, in: '7 days' },
        ],
        spacing: [{ apart: '1 day', purposes: ['servise'] }],
        quiet: [{ from: '21:00', to: '08:00', purposes: ['relationshop'] }],
      },
      [
        "purposes!: No purpose is called 'advertisement'. Teach it in words.ts, or name one of these: service, relationship, marketing.",
        "purposes!: No purpose is called 'servise'. Did you mean 'service'?",
        "purposes!: No purpose is called 'relationshop'. Did you mean 'relationship'?",
        "window 'a'!: The window 'a' is there twice. Give one of them another name: explanations quote it.",
      ],
    ],
    [
      'classes and journeys by names that are none, or two things at once',
      {
        classes: { calm: ['inqiry', 'something-else-entirely'], offer: ['renewal'], service: ['inquiry'] },
        windows: [{ name: 'a', atMost: 5, in: '7 days', journeys: ['calm', 'renewl', 'inquiry'] }],
        spacing: [{ apart: '1 day', journeys: ['renewl', 'nothing-that-there-is'] }],
        first: ['calm', 'nowhere-to-be-found'],
      },
      [
        "first!: 'first' ranks 'nowhere-to-be-found', which is no purpose, no journey and no class of journeys. Rank some of these: service, relationship, marketing, inquiry, offer, renewal, calm, offer, service.",
        "class 'calm'!: The class 'calm' names 'inqiry', which is no journey. Did you mean 'inquiry'?",
        "class 'calm'!: The class 'calm' names 'something-else-entirely', which is no journey. Name some of these: inquiry, offer, renewal.",
        "class 'offer'!: The class 'offer' is called like a journey. Give the class another name: rules and ranks could mean either.",
        "class 'service'!: The class 'service' is called like a purpose. Give the class another name: rules and ranks could mean either.",
        "journeys!: A window or spacing is about 'renewl', which is no journey and no class of journeys. Did you mean 'renewal'?",
        "journeys!: A window or spacing is about 'nothing-that-there-is', which is no journey and no class of journeys. Name some of these: inquiry, offer, renewal, calm, offer, service.",
      ],
    ],
    [
      'quiet hours that leave none',
      { quiet: [{ from: '00:00', to: '24:00', channels: ['voice'], purposes: ['marketing'] }] },
      [
        'quiet!: Quiet hours leave no hour of the week for marketing by voice. Let one of them begin later or end sooner, or name the channels it is about.',
      ],
    ],
    [
      'quiet hours that leave none beside the law of one country',
      {
        legalHours: 'all',
        quiet: [{ from: '00:00', to: '20:00', channels: ['voice'], purposes: ['marketing'] }],
      },
      [
        'quiet: Quiet hours and the default for the European Union together leave no hour of the week for marketing by voice. Leave some of 09:00–20:00 (Mon, Tue, Wed, Thu, Fri), 10:00–18:00 (Sat), or name the channels and purposes it is about.',
        'quiet: Quiet hours and US federal law and the law of Florida together leave no hour of the week for marketing by voice. Leave some of 08:00–21:00 and 08:00–20:00, or name the channels and purposes it is about.',
        'quiet: Quiet hours and US federal law and the law of Oklahoma together leave no hour of the week for marketing by voice. Leave some of 08:00–21:00 and 08:00–20:00, or name the channels and purposes it is about.',
        'quiet: Quiet hours and US federal law and the law of Washington together leave no hour of the week for marketing by voice. Leave some of 08:00–21:00 and 08:00–20:00, or name the channels and purposes it is about.',
      ],
    ],
    [
      'the same, where only waking hours are kept',
      {
        legalHours: ['everywhere'],
        quiet: [{ from: '00:00', to: '21:00', channels: ['voice'], purposes: ['marketing', 'service'] }],
      },
      [
        'quiet: Quiet hours and waking hours together leave no hour of the week for service by voice. Leave some of 08:00–21:00, or name the channels and purposes it is about.',
      ],
    ],
    [
      'an event nobody was taught',
      { theyWaitAfter: ['inquiry-recieved'] },
      ["theyWaitAfter!: No event is called 'inquiry-recieved'. Did you mean 'inquiry-received'?"],
    ],
    [
      'quiet hours that leave none to some purposes',
      { quiet: [{ from: '00:00', to: '24:00', channels: ['voice'] }] },
      ['service', 'relationship', 'marketing'].map(
        (purpose) =>
          `quiet!: Quiet hours leave no hour of the week for ${purpose} by voice. Let one of them begin later or end sooner, or name the channels it is about.`,
      ),
    ],
    [
      'quiet hours nobody can read',
      { quiet: [{ from: '9pm', to: '08:00' }] },
      [
        "quiet!: quiet.from is '9pm', and should be a time such as '21:00'. Quiet hours read like { from: '21:00', to: '08:00' }.",
      ],
    ],
    [
      'names nobody knows',
      { team: 'succes', first: ['servise', 'marketing', 'marketing'] },
      [
        "team!: No team is called 'succes'. Did you mean 'success'?",
        "first!: 'first' ranks 'servise', which is no purpose, no journey and no class of journeys. Did you mean 'service'?",
        "first: 'first' ranks 'marketing' twice: only its best place counts. Rank it once.",
      ],
    ],
    [
      'a span nobody can read',
      { windows: [{ name: 'a', atMost: 1, in: '91 days' }] },
      [
        `policy!: window 'a'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "91 days". Write that.`,
      ],
    ],
    [
      'a span nobody can read, beside something that may be meant',
      { first: ['service', 'service'], windows: [{ name: 'a', atMost: 1, in: '91 days' }] },
      [
        "first: 'first' ranks 'service' twice: only its best place counts. Rank it once.",
        `policy!: window 'a'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "91 days". Write that.`,
      ],
    ],
    [
      'a class of journeys counts like its journeys',
      {
        classes: { campaigns: ['offer', 'renewal'] },
        windows: [
          { name: 'a', atMost: 2, in: '7 days', journeys: ['campaigns'] },
          { name: 'b', atMost: 3, in: '7 days', journeys: ['offer'] },
          { name: 'c', atMost: 3, in: '7 days', journeys: ['inquiry'] },
        ],
      },
      [
        "window 'b': The window 'b' can never bind: it allows 3 in 7 days, and 'a' lets no more than 2 through in 7 days. Allow less than 2 in 7 days, or take the window out.",
      ],
    ],
  ])('%s', (_, over, expected) => {
    expect(found(over)).toEqual(expected);
  });
});
