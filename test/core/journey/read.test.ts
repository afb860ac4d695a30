import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sentence } from '../../../core/journey/fault.ts';
import { readJourney, readPolicy, readTemplate, readWords } from '../../../core/journey/read.ts';
import { readCustomerFields, readEventData } from '../../../core/journey/values.ts';
import { inquiry } from '../../../journeys/inquiry.ts';
import { offer } from '../../../journeys/offer.ts';
import { justEnough } from '../../../journeys/policy.ts';
import { words } from '../../../journeys/words.ts';
import { appointment } from '../../sketch/appointment.ts';
import { inquiry as inquiryInFull } from '../../sketch/inquiry.ts';
import { lateParcel, renewal, starter, yearInReview } from '../../sketch/samples.ts';

const all = [starter, inquiry, offer, appointment, inquiryInFull, lateParcel, renewal, yearInReview];
interface Loose extends Record<string, unknown> {
  steps: Record<string, Record<string, unknown>>;
}
const changed = (change: (journey: Loose) => void): unknown => {
  const copy = JSON.parse(JSON.stringify(starter)) as Loose;
  change(copy);
  return copy;
};
const faultsOf = (read: { ok: boolean; faults?: readonly Parameters<typeof sentence>[0][] }): string[] =>
  read.ok ? [] : (read.faults ?? []).map(sentence);

test('everything the language compiles is read back as it is', () => {
  for (const journey of all) expect(readJourney(JSON.parse(JSON.stringify(journey)))).toEqual({ ok: true, journey });
  expect(readWords(JSON.parse(JSON.stringify(words)))).toEqual({ ok: true, words });
  expect(readPolicy(JSON.parse(JSON.stringify(justEnough)))).toEqual({ ok: true, policy: justEnough });
});

test.each<[string, (journey: Loose) => void, string[]]>([
  [
    'a way that leads nowhere',
    (j) => (j.steps['arrived']!['next'] = 'our-anser'),
    ["Step 'arrived': It leads to 'our-anser', and no step has that id. Did you mean 'our-answer'?"],
  ],
  [
    'a start that is no step',
    (j) => (j['start'] = 'nowhere'),
    ["The start leads to 'nowhere', and no step has that id. Name a step of this journey."],
  ],
  [
    'a kind nobody knows',
    (j) => (j.steps['arrived']!['kind'] = 'shout'),
    [
      "Step 'arrived': 'kind' is 'shout'. Its kind is a verb of the language: touch, listen, pause, choose, split, repeat, escalate, promise, remind, lookUp, act, ask, answer, offerCall; or end or resume.",
    ],
  ],
  [
    'phrases nobody can read, both at once',
    (j) => {
      j.steps['our-answer']!['until'] = '1 busines day';
      j.steps['forgotten']!['within'] = 'soon';
    },
    [
      "Step 'our-answer': 'until' is '1 busines day'. Moments read like '2 business days', 'next 09:00', '1 day before appointment-set.startsAt at 17:00'.",
      "Step 'forgotten': 'within' is 'soon'. Times read like '30 minutes', '2 days', '4 business hours', '2 business days'; at most ten years.",
    ],
  ],
  [
    'a setting nobody knows',
    (j) => (j.steps['arrived']!['loud'] = true),
    ["Step 'arrived': 'loud' is not known here. Take it out, or mend its spelling."],
  ],
  [
    'a service without its cause',
    (j) => delete j.steps['arrived']!['cause'],
    [
      "Step 'arrived': It is a service and cites no cause. Add cause: with an event heard here, a promise or an escalation.",
    ],
  ],
  [
    'a person without a time',
    (j) => (j.steps['arrived']!['madeBy'] = 'human'),
    ["Step 'arrived': It asks a person and names no time. Add within: '1 business day'."],
  ],
  [
    'a listen without silence',
    (j) => delete (j.steps['our-answer']!['goes'] as Record<string, unknown>)['silence'],
    ["Step 'our-answer': It has no arm 'silence'. Listening ends at some time: say what silence means."],
  ],
  [
    'a moved date that nobody follows',
    (j) => (j.steps['our-answer']!['until'] = '1 day before appointment-set.startsAt'),
    [
      "Step 'our-answer': Its time '1 day before appointment-set.startsAt' hangs on appointment-set. Write follows: 'appointment-set'.",
    ],
  ],
  [
    'a wait for a fate in business time',
    (j) => (j.steps['arrived']!['fate'] = { fate: 'wait', atMost: '1 business day', then: 'drop' }),
    [
      "Step 'arrived': 'fate.atMost' is '1 business day'. Write a plain time: '30 minutes', '12 hours', '2 days', '1 week'.",
    ],
  ],
])('a stored journey with %s is refused in a sentence', (_, change, expected) => {
  expect(faultsOf(readJourney(changed(change)))).toEqual(expected);
});

test.each([
  null,
  7,
  'x',
  [],
  {},
  { name: 'x' },
  undefined,
  10n,
  (() => {
    const round: Record<string, unknown> = {};
    round['a'] = round;
    return round;
  })(),
])('what is no journey at all is refused: %p', (input) => {
  expect(readJourney(input).ok).toBe(false);
  expect(readWords(input).ok).toBe(false);
  expect(readPolicy(input).ok).toBe(false);
});

test('depth exhausts nobody', () => {
  let deep: unknown = 'drop';
  for (let i = 0; i < 100_000; i++) deep = { fate: 'wait', atMost: '1 day', then: deep };
  expect(faultsOf(readJourney(changed((j) => (j.steps['arrived']!['fate'] = deep))))).toEqual([
    'It is nested more than 48 levels deep. Write it with fewer levels.',
  ]);
});

test('prototypes stay as they are', () => {
  const evil = JSON.parse('{"__proto__":{"polluted":true},"steps":{"__proto__":{"polluted":true}}}') as unknown;
  expect(readJourney(evil).ok).toBe(false);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('however a definition is changed, reading it answers and never throws', () => {
  const places = (value: unknown, path: readonly string[] = []): (readonly string[])[] =>
    value !== null && typeof value === 'object'
      ? [path, ...Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]))]
      : [path];
  const mutation = fc.constantFrom(...all).chain((journey) =>
    fc.record({
      journey: fc.constant(journey),
      path: fc.constantFrom(...places(journey).slice(1)),
      value: fc.oneof(
        fc.jsonValue(),
        fc.constantFrom('end:x', 'resume', 'constructor', '__proto__', '1 day', '2 dayz'),
      ),
    }),
  );
  fc.assert(
    fc.property(mutation, ({ journey, path, value }) => {
      const copy = JSON.parse(JSON.stringify(journey)) as Record<string, unknown>;
      const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
      parent[path.at(-1)!] = value;
      const read = readJourney(copy);
      if (!read.ok) for (const fault of read.faults) expect(fault.problem && fault.mend).toMatch(/\S/);
    }),
    { numRuns: 500 },
  );
});

test('the data of an event are held against the words, strictly', () => {
  const good = { inquiryId: 'i-1', topic: 'billing', urgent: false };
  expect(readEventData(words, 'inquiry-received', good)).toEqual({ ok: true, data: good });
  expect(faultsOf(readEventData(words, 'inquiry-recieved', good))).toEqual([
    "No event is called 'inquiry-recieved'. Did you mean 'inquiry-received'?",
  ]);
  expect(
    faultsOf(readEventData(words, 'inquiry-received', { inquiryId: 7, topic: 'refund', urgent: 'true', mood: 1 })),
  ).toEqual([
    "'inquiryId' is 7. Write an id of 1 to 64 characters.",
    "'topic' is 'refund'. Write one of 'billing', 'delivery', 'device', 'other'.",
    "'urgent' is 'true'. Write true or false, without quotes.",
    "'mood' is not known here. Take it out, or mend its spelling.",
  ]);
  expect(faultsOf(readEventData(words, 'constructor', {}))).toHaveLength(1);
});

test('what is said of a customer may be partial, and nothing else', () => {
  expect(readCustomerFields(words, { plan: 'gold' })).toEqual({ ok: true, fields: { plan: 'gold' } });
  expect(faultsOf(readCustomerFields(words, { plan: 'golden', age: 4 }))).toHaveLength(2);
});

test('words that contradict themselves are refused', () => {
  const wrong = {
    ...words,
    causes: ['inquiry-recieved'],
    events: { ...words.events, 'we-answered': {}, note: { said: { kind: 'text' } } },
    teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin', ladder: ['leads'] } },
  };
  expect(faultsOf(readWords(wrong))).toEqual([
    "No event is called 'inquiry-recieved'. Did you mean 'inquiry-received'?",
    "No team is called 'leads'. Teach it in words.ts, or name one of these: care.",
    "The event 'we-answered' is always known. Take it out: the engine itself sees it.",
    "'note.said' is free text. Free text stays out of events: give the event an id, and the text a home in the conversation.",
  ]);
});

test('a template without front matter, with wrong settings or an unspeaking name is refused', () => {
  expect(faultsOf(readTemplate('hello.liquid', 'x'))).toEqual([
    "'hello.liquid' does not say its name and language. Call it like 'inquiry-arrived.en.liquid'.",
  ]);
  expect(faultsOf(readTemplate('hello.en.liquid', 'Hello'))).toEqual([
    "It has no front matter. Begin it with '---', its purpose and channels, and '---'.",
  ]);
  expect(
    faultsOf(readTemplate('hello.en.liquid', '---\npurpose: service\nchannels: { email: {}, fax: {} }\n---\nHello')),
  ).toEqual([
    "'channels.email.subject' is missing. Write a text.",
    "'channels.fax' is not known here. Take it out, or mend its spelling.",
  ]);
});
