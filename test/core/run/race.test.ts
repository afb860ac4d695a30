/** A reply and a silence in every order, however late anybody hears of anything. */
import { expect, test } from '@jest/globals';
import type { Journey } from '../../../core/journey/table.ts';
import { inAllOrders, type World } from './world.ts';
import { choose, end, escalate, goTo, is, journey, listen, manners, pause, touch, when } from './words.ts';

const person = escalate(
  'person',
  { because: 'They are silent', within: '4 business hours' },
  { answered: [end('by-a-person')], nobody: [] },
);
const replied = { 'customer-replied': [end('replied')] } as const;

const toAPerson = journey('to-a-person', {
  ...manners,
  steps: [listen('reply', '1 day', { ...replied, silence: [person] })],
  anyTime: { 'parcel-left': [touch('parcel', { say: 'hello' })] },
});
const byTouch = journey('by-touch', {
  ...manners,
  steps: [listen('reply', '1 day', { ...replied, silence: [touch('nudge', { say: 'still-there' }), person] })],
});
const byChoice = journey('by-choice', {
  ...manners,
  steps: [
    listen('reply', '1 day', {
      ...replied,
      silence: [choose('gold', when('customer.plan', is('gold')), { yes: [], no: [end('nothing')] }), person],
    }),
  ],
});
const withinAnInterruption = journey('within', {
  ...manners,
  steps: [pause('rest', '9 days'), person],
  anyTime: { 'parcel-left': [listen('reply', '1 day', { ...replied, silence: [goTo('person')] })] },
});
const toTheEnd = journey('to-the-end', {
  ...manners,
  steps: [listen('reply', '1 day', { ...replied, silence: [touch('bye', { say: 'hello' }), end('silent')] })],
  anyTime: { 'parcel-left': [touch('parcel', { say: 'hello' })] },
});

/** How every world ends, each kind once, with how many worlds were walked through. */
function endings(story: Journey, upcoming: readonly string[], tell: (world: World) => string) {
  const found = new Set<string>();
  const worlds = inAllOrders(story, upcoming, (world) => found.add(tell(world)));
  return { found: [...found].sort(), worlds };
}
const taskOrReply = ({ state, everOpened, reasons, asked, answers }: World): string => {
  if (asked.length + answers.length > 0 || !state.ended) return `stuck: ${JSON.stringify(state)}`;
  if (Object.values(reasons).includes('open')) return 'a task that nobody needs';
  return `${everOpened ? 'task' : 'no task'}, ended ${state.ended.as}`;
};
/** A person who was asked about the parcel meanwhile is no answer to the silence. */
const escalatedOrReply = (world: World): string => taskOrReply({ ...world, everOpened: world.escalated });
const reply = 'customer-replied';

test('a silence ends with a person, or a reply with its branch: never both, never neither', () => {
  for (const upcoming of [[reply], [reply, reply], ['parcel-left', reply], [reply, 'parcel-left'], ['other', reply]]) {
    const { found, worlds } = endings(toAPerson, upcoming, escalatedOrReply);
    expect(found).toEqual(['no task, ended replied', 'task, ended by-a-person']);
    expect(worlds).toBeGreaterThan(30);
  }
});

test('the same if a touch comes first, which may be sent, given to a person, dropped, deferred, or fail', () => {
  for (const upcoming of [[reply], [reply, reply], ['other', reply]])
    expect(endings(byTouch, upcoming, taskOrReply).found).toEqual([
      'no task, ended replied',
      'task, ended by-a-person',
    ]);
});

test('the same if a choice has to be looked up first', () => {
  expect(endings(byChoice, [reply], taskOrReply).found).toEqual(['no task, ended replied', 'task, ended by-a-person']);
});

test('the same within an interruption that the silence leaves', () => {
  expect(endings(withinAnInterruption, ['parcel-left', reply], taskOrReply).found).toEqual([
    'no task, ended replied',
    'task, ended by-a-person',
  ]);
});

test('where a silence ends the run, a reply has its branch, or is handed over: never both, never neither', () => {
  const whoHasIt = ({ state, handedOver, everOpened }: World): string =>
    [state.ended?.as, ...handedOver.filter((event) => event === reply), ...(everOpened ? ['task'] : [])].join(', ');
  for (const upcoming of [[reply], ['parcel-left', reply], ['other', reply], [reply, 'other']])
    expect(endings(toTheEnd, upcoming, whoHasIt).found).toEqual([
      'replied',
      // Somebody had been asked about the parcel, and was done before the reply came.
      ...(upcoming.includes('parcel-left') ? ['replied, task'] : []),
      'silent, customer-replied',
      'silent, customer-replied, task',
      'silent, task',
    ]);
});
