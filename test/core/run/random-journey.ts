/** Random journeys that compile: all verbs, nested, with interruptions, exits, a goal, and ways back that take time. */
import fc from 'fast-check';
import { compile } from '../../../core/journey/compile.ts';
import type { Step } from '../../../core/journey/step.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { verbs } from '../../../core/journey/verbs.ts';

export const events = ['customer-replied', 'we-answered', 'date-set', 'parcel-left', 'parcel-lost'] as const;
const until = fc.constantFrom(
  ...['1 hour', '2 days', '1 business day', 'next 09:00', '2 hours after date-set.startsAt'],
  ...['1 day before customer.renewsOn', '1 day before date-set.startsAt'],
);
const every = fc.constantFrom('1 hour', '3 days', '1 business day');
/** Once in so many times more it is not there. Within a letrec, `fc.option` never is. */
const perhaps = <T>(of: fc.Arbitrary<T>, not: number): fc.Arbitrary<T | null> =>
  fc.tuple(fc.nat(not), of).map(([n, value]) => (n === 0 ? value : null));
const some = <T>(of: fc.Arbitrary<T>, maxLength = 3) => fc.array(of, { maxLength });

type Node =
  | { verb: 'touch'; by: 'tech' | 'human' }
  | { verb: 'promise' }
  | { verb: 'listen'; until: string; arms: [string, Node[]][]; silence: Node[] }
  | { verb: 'pause'; until: string; missed: Node[] | null }
  | { verb: 'choose'; outside: boolean; yes: Node[]; no: Node[] }
  | { verb: 'escalate'; answered: Node[]; nobody: Node[] }
  | { verb: 'split'; one: Node[]; other: Node[] }
  | { verb: 'repeat'; times: number; every: string | null; again: Node[] }
  | { verb: 'remind'; at: string }
  | { verb: 'lookUp'; found: Node[]; unsure: Node[] }
  | { verb: 'act'; declined: Node[]; failed: Node[] }
  | { verb: 'ask' | 'answer' | 'offerCall'; arms: Node[][] }
  | { verb: 'end'; as: string }
  | { verb: 'goTo'; nth: number };

const tree = fc.letrec<{ node: Node; listen: Node; block: Node[]; last: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: fc.record({ verb: fc.constant('touch'), by: fc.constantFrom('tech', 'human') }) },
    { weight: 1, arbitrary: fc.record({ verb: fc.constant('promise') }) },
    { weight: 4, arbitrary: tie('listen') },
    {
      weight: 2,
      arbitrary: fc.record({ verb: fc.constant('pause'), until, missed: perhaps(tie('block'), 1) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ verb: fc.constant('choose'), outside: fc.boolean(), yes: tie('block'), no: tie('block') }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ verb: fc.constant('escalate'), answered: tie('block'), nobody: tie('block') }),
    },
    { weight: 1, arbitrary: fc.record({ verb: fc.constant('split'), one: tie('block'), other: tie('block') }) },
    {
      weight: 3,
      arbitrary: fc.record({
        verb: fc.constant('repeat'),
        times: fc.integer({ min: 1, max: 3 }),
        every: perhaps(every, 1),
        again: fc.oneof(tie('block'), fc.tuple(tie('listen'), tie('node'))),
      }),
    },
    { weight: 1, arbitrary: fc.record({ verb: fc.constant('remind'), at: until }) },
    { weight: 1, arbitrary: fc.record({ verb: fc.constant('lookUp'), found: tie('block'), unsure: tie('block') }) },
    { weight: 3, arbitrary: fc.record({ verb: fc.constant('act'), declined: tie('block'), failed: tie('block') }) },
    {
      weight: 5,
      arbitrary: fc.record({
        verb: fc.constantFrom('ask', 'answer', 'offerCall'),
        arms: fc.array(tie('block'), { minLength: 4, maxLength: 4 }),
      }),
    },
  ),
  listen: fc.record({
    verb: fc.constant('listen'),
    until,
    arms: fc.uniqueArray(fc.tuple(fc.constantFrom(...events), tie('block')), {
      maxLength: 2,
      selector: ([event]) => event,
    }),
    silence: tie('block'),
  }),
  last: fc.oneof(
    fc.record({ verb: fc.constant('end' as const), as: fc.constantFrom('done', 'given-up') }),
    ...[1, 2].map(() => fc.record({ verb: fc.constant('goTo' as const), nth: fc.nat(30) })),
  ),
  block: fc.tuple(some(tie('node')), perhaps(tie('last'), 2)).map(([nodes, last]) => (last ? [...nodes, last] : nodes)),
}));

/** How many steps it has at most, and how many of them interrupt. */
interface Size {
  readonly most: number;
  readonly mostThatInterrupt: number;
  readonly steps: fc.ArrayConstraints;
  readonly anyTime: fc.ArrayConstraints;
}
export const randomJourney = journeyOf({
  ...{ most: 40, mostThatInterrupt: 16 },
  steps: { minLength: 4, maxLength: 10, size: 'max' },
  anyTime: { minLength: 2, maxLength: 4 },
});
/** Small enough that all its ways can be walked. */
export const smallJourney = journeyOf({
  ...{ most: 9, mostThatInterrupt: 4 },
  steps: { minLength: 2, maxLength: 4, size: 'max' },
  anyTime: { minLength: 1, maxLength: 2 },
});

function journeyOf(size: Size): fc.Arbitrary<Journey> {
  return fc
    .record({
      steps: fc.array(tree.node, size.steps),
      anyTime: fc.uniqueArray(fc.tuple(fc.constantFrom(...events), tree.node, tree.block), {
        ...size.anyTime,
        selector: ([event]) => event,
      }),
      exits: fc.boolean(),
      goal: fc.boolean(),
    })
    .map(({ steps, anyTime, exits, goal }) => {
      const write = writer();
      const others = anyTime.map(
        ([event, node, block]) => [event, write.block([node, ...block], size.mostThatInterrupt)] as const,
      );
      const written = write.block(steps, size.most);
      return compile('random', {
        entry: { event: 'begun', oncePer: 'customer' },
        team: 'care',
        exits: exits ? { closed: 'closed' } : {},
        ...(goal ? { goal: 'solved' } : {}),
        steps: write.led(written),
        anyTime: Object.fromEntries(others.map(([event, block]) => [event, write.led(block)])),
      }); // What the compiler would say of these words is not what is tried here.
    });
}

const mannered = { purpose: 'service', cause: 'begun', reach: 'sms', fate: 'drop' } as const;
const conversations = {
  ask: { what: { questions: [verbs.question('customer.device', 'Which one?')] }, arms: ['lost', 'silence'] },
  answer: { what: { from: 'articles', sureAt: 0.8 }, arms: ['helped', 'unsure', 'silence'] },
  offerCall: { what: { say: 'hello', slots: 3 }, arms: ['talked', 'declined', 'missed', 'silence'] },
} as const;

type Written = Step | { readonly nth: number };

/** Names steps one after another, and leads every way back to a step in which time passes: the round would else be endless. */
function writer() {
  let most = 0;
  let count = 0;
  const timed: string[] = [];
  const pending: { block: Written[]; at: number; nth: number }[] = [];
  const name = (verb: string): string => `${verb}-${++count}`;
  const timedName = (verb: string): string => {
    const id = name(verb);
    timed.push(id);
    return id;
  };
  const upTo = (nodes: readonly Node[], steps: number): Written[] => {
    most = steps;
    return block(nodes);
  };
  const block = (nodes: readonly Node[]): Written[] => {
    const written: Written[] = [];
    for (const node of nodes) {
      if (count >= most) break;
      if (node.verb === 'goTo') pending.push({ block: written, at: written.length, nth: node.nth });
      written.push(node.verb === 'goTo' ? { nth: node.nth } : one(node));
    }
    return written;
  };
  const one = (node: Exclude<Node, { verb: 'goTo' }>): Step => {
    switch (node.verb) {
      case 'touch': {
        const by = node.by === 'human' ? { madeBy: 'human', within: '1 business day' } : {};
        return verbs.touch(name('touch'), { say: 'hello', ...mannered, ...by });
      }
      case 'promise':
        return verbs.promise(name('promise'), { due: '2 days', keptBy: 'we-answered' });
      case 'listen': {
        const id = timedName('listen');
        const arms = Object.fromEntries(node.arms.map(([event, arm]) => [event, block(arm)]));
        return verbs.listen(id, node.until, { ...arms, silence: block(node.silence) });
      }
      case 'pause': {
        const id = timedName('pause');
        return verbs.pause(id, node.until, node.missed ? { missed: block(node.missed) } : undefined);
      }
      case 'choose': {
        const id = name('choose');
        const condition = { if: { path: node.outside ? 'customer.gold' : 'begun.urgent', is: [true] } };
        const by = condition as unknown as Parameters<typeof verbs.choose>[1];
        return verbs.choose(id, by, { yes: block(node.yes), no: block(node.no) });
      }
      case 'escalate': {
        const id = timedName('escalate');
        const what = { because: 'A person is needed', within: '4 business hours' };
        return verbs.escalate(id, what, { answered: block(node.answered), nobody: block(node.nobody) });
      }
      case 'split':
        return verbs.split(name('split'), '30/70', { one: block(node.one), other: block(node.other) });
      case 'repeat': {
        const { times, every: span } = node;
        return verbs.repeat(name('repeat'), { times, ...(span ? { every: span } : {}) }, block(node.again) as Step[]);
      }
      case 'remind':
        return verbs.remind(name('remind'), { at: node.at, about: 'Are the terms agreed?' });
      case 'lookUp': {
        const what = { find: 'where-is-parcel', with: { orderId: 'begun.orderId' } };
        return verbs.lookUp(name('look-up'), what, { found: block(node.found), unsure: block(node.unsure) });
      }
      case 'act': {
        const what = { do: 'refund-order', with: { orderId: 'begun.orderId' } };
        return verbs.act(name('act'), what, { 'too-late': block(node.declined), failed: block(node.failed) });
      }
      case 'ask':
      case 'answer':
      case 'offerCall': {
        const id = timedName(node.verb.toLowerCase());
        const what = { ...conversations[node.verb].what, ...mannered, waits: '1 day' };
        const arms = conversations[node.verb].arms.map((arm, i) => [arm, block(node.arms[i] ?? [])] as const);
        return verbs[node.verb](id, what, Object.fromEntries(arms));
      }
      case 'end':
        return verbs.end(node.as);
    }
  };
  /** Only when all steps have their names is it known where the ways back can lead. */
  const led = (written: Written[]): Step[] => {
    for (const { block: within, at, nth } of pending) {
      const to = timed[nth % timed.length];
      within[at] = to === undefined ? verbs.end('done') : verbs.goTo(to);
    }
    pending.length = 0;
    return written as Step[];
  };
  return { block: upTo, led };
}
