import { beforeAll, describe, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { loadProject, type LoadedProject } from '../../../cli/load-project.ts';
import { explore } from '../../../core/explore/explored.ts';
import { compile } from '../../../core/journey/compile.ts';
import type { Step } from '../../../core/journey/step.ts';
import { verbs } from '../../../core/journey/verbs.ts';

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
let project: LoadedProject;
let sketch: LoadedProject;
beforeAll(async () => {
  project = await loadProject(folder('../../../journeys/'));
  sketch = await loadProject(folder('../../sketch/'));
});

const { touch: contact, listen, pause, choose, escalate, promise, end, goTo, repeat, act, ask } = verbs;
const service = { purpose: 'service', cause: 'inquiry-received', reach: 'email', fate: 'drop', say: 'parcel-late' };
const touch = (id: string, more: object = {}): Step => contact(id, { ...service, ...more });
const person = (id: string, arms: object, more: object = {}): Step =>
  escalate(
    id,
    { because: 'They need a person', within: '4 business hours', ...more },
    { answered: [], nobody: [], ...arms },
  );
const condition = (path: string, test: object): never => ({ if: { path, ...test } }) as never;

interface Planted {
  readonly fault: string;
  readonly rule: string;
  readonly steps: readonly Step[];
  readonly tells: string;
  readonly more?: object;
}
const planted: readonly Planted[] = [
  {
    fault: 'a reply ends it without a word',
    rule: 'hears nothing',
    steps: [listen('ear', '1 day', { 'customer-replied': [end('bye')], silence: [] })],
    tells: 'they write to us',
  },
  {
    fault: 'a reply interrupts and ends it',
    rule: 'hears nothing',
    steps: [pause('rest', '3 days')],
    more: { anyTime: { 'customer-replied': [end('bye')] } },
    tells: 'they write to us',
  },
  {
    fault: 'a promise, and the end',
    rule: 'hears nothing',
    steps: [promise('word', { due: '1 day', keptBy: 'we-answered' })],
    tells: 'we promise',
  },
  {
    fault: 'silence ends it while they wait',
    rule: 'hears nothing',
    steps: [
      promise('word', { due: '3 days', keptBy: 'we-answered' }),
      listen('ear', '1 day', { 'we-answered': [], silence: [] }),
    ],
    tells: 'silence',
  },
  {
    fault: 'a touch that is dropped is the only word',
    rule: 'hears nothing',
    steps: [promise('word', { due: '3 days', keptBy: 'we-answered' }), touch('arrived')],
    tells: 'dropped',
  },
  {
    fault: 'a reply that only pauses',
    rule: 'no person',
    steps: [listen('ear', '1 day', { 'customer-replied': [pause('rest', '1 day')], silence: [] })],
    tells: 'they write to us',
  },
  {
    fault: 'a reply is answered by a machine alone',
    rule: 'no person',
    steps: [
      listen('ear', '1 day', { 'customer-replied': [touch('thanks', { cause: 'customer-replied' })], silence: [] }),
    ],
    tells: 'they write to us',
  },
  {
    fault: 'a promise without an ear',
    rule: 'promise passes unspoken',
    steps: [
      promise('word', { due: '1 day', keptBy: 'we-answered' }),
      touch('told', { fate: 'toHuman' }),
      pause('rest', '3 days'),
    ],
    tells: 'is over',
  },
  {
    fault: 'it listens for longer than it promised',
    rule: 'promise passes unspoken',
    steps: [
      promise('word', { due: '1 business day', keptBy: 'we-answered' }),
      listen('ear', '3 days', { 'we-answered': [], silence: [person('late', {})] }),
    ],
    tells: 'silence',
  },
  {
    fault: 'a plain day promised, a business day waited',
    rule: 'promise passes unspoken',
    steps: [
      promise('word', { due: '1 day', keptBy: 'we-answered' }),
      listen('ear', '1 business day', { 'we-answered': [], silence: [person('late', {})] }),
    ],
    tells: 'Fri 6 Mar',
  },
  {
    fault: 'the renewed time passes too',
    rule: 'promise passes unspoken',
    steps: [
      promise('word', {
        due: '1 day',
        keptBy: 'we-answered',
        renew: { say: 'one-more-day', ahead: '2 hours', more: '1 day', times: 1 },
      }),
      listen('ear', '5 days', { 'we-answered': [], silence: [person('late', {})] }),
    ],
    tells: 'silence',
  },
  {
    fault: 'nobody stands above success',
    rule: 'unowned task',
    steps: [person('alone', {}, { team: 'success', ladder: ['success'] })],
    tells: 'nobody takes',
  },
  {
    fault: 'a ladder to the team itself',
    rule: 'unowned task',
    steps: [person('again', {}, { ladder: ['care'] })],
    tells: 'nobody takes',
  },
  {
    fault: 'the same team once more',
    rule: 'unowned task',
    steps: [person('first', { nobody: [person('second', {}, { ladder: [] })] }, { ladder: [] })],
    tells: 'nobody takes',
  },
  {
    fault: 'an arm that no entry leads to',
    rule: 'unreachable step',
    steps: [
      choose('topic', 'inquiry-received.topic', {
        billing: [touch('bill')],
        delivery: [],
        device: [],
        other: [],
      }),
    ],
    more: {
      entry: {
        event: 'inquiry-received',
        oncePer: 'inquiryId',
        only: condition('inquiry-received.topic', { is: ['other'] }),
      },
    },
    tells: '',
  },
  {
    fault: 'more failures than there can be',
    rule: 'unreachable step',
    steps: [choose('failed', condition('run.failures', { atLeast: 1 }), { yes: [touch('sorry')], no: [] })],
    tells: '',
  },
  {
    fault: 'an exit takes the event first',
    rule: 'unreachable step',
    steps: [listen('ear', '1 day', { 'inquiry-closed': [touch('never')], silence: [] })],
    more: { exits: { 'inquiry-closed': 'closed' } },
    tells: '',
  },
  {
    fault: 'a cause that came on one way only',
    rule: 'cause',
    steps: [
      listen('ear', '1 day', { 'appointment-set': [], silence: [] }),
      touch('visit', { cause: 'appointment-set' }),
    ],
    tells: 'silence',
  },
  {
    fault: 'an escalation cited and not passed',
    rule: 'cause',
    steps: [
      choose('key', condition('customer.keyClient', { is: [true] }), { yes: [person('cited', {})], no: [] }),
      touch('after', { cause: 'cited' }),
    ],
    tells: 'no',
  },
  {
    fault: 'a cake for somebody in mourning',
    rule: 'guard',
    steps: [touch('year', { say: 'year-in-review', purpose: 'marketing' })],
    tells: 'it begins',
  },
  {
    fault: 'a cake that waits and is dropped',
    rule: 'guard',
    steps: [
      touch('year', {
        say: 'year-in-review',
        purpose: 'marketing',
        fate: { fate: 'wait', atMost: '3 days', then: 'drop' },
      }),
    ],
    tells: 'it begins',
  },
  {
    fault: 'a round without an end',
    rule: 'no way out',
    steps: [pause('rest', '1 day'), goTo('rest')],
    tells: 'it begins',
  },
  {
    fault: 'two touches in a day',
    rule: 'expect',
    steps: [touch('one'), touch('two')],
    more: { expect: ['at most 1 touch in 1 day'] },
    tells: 'goes out',
  },
  {
    fault: 'a repeat that is too quick',
    rule: 'expect',
    steps: [repeat('rounds', { times: 3, every: '1 day' }, [touch('word')])],
    more: { expect: ['at most 2 touches in 7 days'] },
    tells: 'goes out',
  },
  {
    fault: 'a long silence',
    rule: 'expect',
    steps: [
      promise('word', { due: '9 days', keptBy: 'we-answered' }),
      listen('ear', '3 business days', { 'we-answered': [], silence: [person('late', {})] }),
    ],
    more: { expect: ['never silent for longer than 2 business days while they wait'] },
    tells: 'silence',
  },
  {
    fault: 'a week-end between four hours',
    rule: 'expect',
    steps: [
      promise('word', { due: '9 days', keptBy: 'we-answered' }),
      listen('ear', '4 business hours', { 'we-answered': [], silence: [person('late', {})] }),
    ],
    more: { expect: ['never silent for longer than 5 hours while they wait'] },
    tells: 'Fri 6 Mar',
  },
  {
    fault: 'a person after a day',
    rule: 'expect',
    steps: [
      listen('ear', '1 day', {
        'customer-replied': [pause('rest', '1 business day'), person('late', {})],
        silence: [],
      }),
    ],
    more: { expect: ['a person within 4 business hours of asking for one'] },
    tells: 'is over',
  },
  {
    fault: 'a month of pauses',
    rule: 'expect',
    steps: [pause('one', '3 weeks'), pause('two', '2 weeks')],
    more: { expect: ['over within 30 days'] },
    tells: 'is over',
  },
  {
    fault: 'a reply that leads to no person',
    rule: 'expect',
    steps: [touch('word'), listen('ear', '1 day', { 'customer-replied': [end('read')], silence: [] })],
    more: { expect: ['a person is reachable from every message'] },
    tells: 'they write',
  },
  {
    fault: 'a promise that is dropped',
    rule: 'expect',
    steps: [promise('word', { due: '9 days', keptBy: 'we-answered' }), touch('told', { say: 'inquiry-arrived' })],
    more: { expect: ['every promise is told'] },
    tells: 'dropped',
  },
  {
    fault: 'the same question twice',
    rule: 'expect',
    steps: [asked('first'), asked('second')],
    more: { expect: ['nobody is asked twice'] },
    tells: "'first' ends",
  },
  {
    fault: 'an advertisement while they wait',
    rule: 'expect',
    steps: [promise('word', { due: '9 days', keptBy: 'we-answered' }), touch('offer', { purpose: 'marketing' })],
    more: { expect: ['no marketing while they wait'] },
    tells: 'goes out',
  },
  {
    fault: 'an advertisement after a refund failed',
    rule: 'expect',
    steps: [
      promise('word', { due: '9 days', keptBy: 'we-answered' }),
      act('refund', { do: 'refund-order', with: {} }, { failed: [] }),
      touch('offer', { purpose: 'marketing' }),
    ],
    more: { expect: ['no marketing while they wait'] },
    tells: 'refund',
  },
];
function asked(id: string): Step {
  return ask(
    id,
    { ...service, waits: '1 hour', questions: [{ field: 'customer.device', text: 'Which?' }] },
    { lost: [], silence: [] },
  );
}

const written = ({ steps, more }: Planted) =>
  compile('planted', {
    entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
    team: 'care',
    steps,
    ...more,
  });

describe('Every planted fault is found, and told as a story', () => {
  test.each(planted)('$fault: $rule', (plant) => {
    const found = explore(written(plant), sketch).faults.find(({ rule }) => rule === plant.rule);
    expect({ rule: found?.rule, story: found?.story.join('\n') }).toEqual({
      rule: plant.rule,
      story: expect.stringContaining(plant.tells),
    });
    expect(found).toMatchObject({ problem: expect.stringMatching(/\.$/), mend: expect.stringMatching(/\S/) });
  });
});

describe('The floor', () => {
  const silent = 'never silent for longer than 2 business days while they wait';
  const rest = [
    listen('ear', '1 day', { 'customer-replied': [pause('rest', '9 days'), person('late', {})], silence: [] }),
  ];
  const rulesOf = (steps: readonly Step[], policy: object, more: object = {}): string[] =>
    explore(written({ fault: '', rule: '', tells: '', steps, more: { expect: [silent], ...more } }), {
      ...sketch,
      policy: { ...sketch.policy, ...policy },
    }).faults.map(({ rule }) => rule);
  test('keeps a silence short that they began by writing, where maxSilence is no longer than what is expected', () => {
    expect(rulesOf(rest, {})).not.toContain('expect');
    expect(rulesOf(rest, { maxSilence: '3 business days' })).toContain('expect');
  });
  test('does not know of a promise, nor of what goes unanswered after a word of ours', () => {
    const promised = [promise('word', { due: '9 days', keptBy: 'we-answered' }), pause('rest', '9 days')];
    expect(rulesOf(promised, {})).toContain('expect');
    const thanked = [
      listen('ear', '1 day', {
        'customer-replied': [
          touch('thanks', { cause: 'customer-replied' }),
          pause('rest', '9 days'),
          person('late', {}),
        ],
        silence: [],
      }),
    ];
    expect(rulesOf(thanked, {})).toContain('expect');
  });
  test('knows the events after which they wait: who came to us so may not hear nothing', () => {
    const mute = [pause('rest', '1 day')];
    expect(rulesOf(mute, {})).not.toContain('hears nothing');
    expect(rulesOf(mute, { theyWaitAfter: ['inquiry-received'] })).toContain('hears nothing');
    const told = [touch('arrived', { fate: 'toHuman' })];
    expect(rulesOf(told, { theyWaitAfter: ['inquiry-received'] })).not.toContain('hears nothing');
  });
});

test('there is no false alarm on the samples, nor on the journeys of the language document', () => {
  const alarms = [project, sketch].flatMap((all) =>
    all.journeys.flatMap((journey) => explore(journey, all).faults.map(({ rule, step }) => [journey.name, rule, step])),
  );
  expect(alarms).toEqual([]);
}, 120_000);

test('a limit is told, and is a fault', () => {
  const starter = project.journeys.find(({ name }) => name === 'starter')!;
  expect(explore(starter, project, 10).faults.map(({ rule }) => rule)).toContain('limit');
});
