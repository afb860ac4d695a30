/** A journey of about so many steps, as a designer would write it: every common verb, nested as in the samples. */
export function largeJourney(steps: number): string {
  let made = 0;
  const id = (): string => `'s${String((made += 1))}'`;
  const touch = (): string => `touch(${id()}, { say: 'still-there' })`;
  const kinds: readonly (() => string)[] = [
    touch,
    () => `pause(${id()}, '3 days')`,
    () =>
      `listen(${id()}, '2 business days', { 'customer-replied': [${touch()}], silence: [escalate(${id()}, { because: 'Silence', within: '4 business hours' }, { answered: [${touch()}], nobody: [] })] })`,
    () => `choose(${id()}, 'inquiry-received.topic', { billing: [${touch()}], delivery: [], device: [], other: [] })`,
    () => `choose(${id()}, when('customer.plan', is('gold')), { yes: [${touch()}], no: [pause(${id()}, '3 days')] })`,
    () => `repeat(${id()}, { times: 2, every: '10 days' }, [${touch()}])`,
    () => `promise(${id()}, { due: '2 business days', keptBy: 'we-answered' })`,
  ];
  const blocks: string[] = [];
  for (let n = 0; made < steps; n++) blocks.push(kinds[n % kinds.length]!());
  return `import { choose, escalate, is, journey, listen, pause, promise, repeat, touch, when } from './words.js';

export const large = journey('large', {
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care', purpose: 'service', cause: 'inquiry-received', reach: ['sms', 'email'], fate: 'toHuman',
  steps: [
    ${blocks.join(',\n    ')},
  ],
});
`;
}
