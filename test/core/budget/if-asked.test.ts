/** A touch that nobody has asked for: what `--if` asks the budget. */
import { describe, expect, it } from '@jest/globals';
import { ifSaid, ifStep, type Reachable } from '../../../core/budget/if-asked.ts';
import { couldNotGoOut, outcomesOfTouch, personMakes } from '../../../core/budget/with-person.ts';
import type { Journey } from '../../../core/journey/table.ts';
import type { TouchStep } from '../../../core/journey/table-steps.ts';
import type { Template } from '../../../core/journey/template.ts';
import { day, noon } from './fixtures.ts';

const ana: Reachable = {
  id: 'ana',
  locale: 'de-CH',
  fields: { plan: 'gold', wroteBefore: true },
  addresses: { email: 'ana@example.org', sms: '+4915112345678' },
  preferred: 'sms',
  wroteOn: 'email',
  wroteAt: noon - day,
};

describe('by one channel', () => {
  it('it is a touch of tech that waits as long as it must, of no journey that a policy names', () => {
    expect(ifSaid(ana, { purpose: 'marketing', channel: 'email' }, noon)).toStrictEqual({
      touchId: 'nobody/asks/1',
      ask: 1,
      customerId: 'ana',
      journey: '',
      purpose: 'marketing',
      madeBy: 'tech',
      assumes: [],
      candidates: [{ channel: 'email', address: 'ana@example.org' }],
      fate: { fate: 'wait', atMost: '365 days', then: 'drop' },
      firstAskedAt: noon,
    });
  });
  it('without an address it is asked all the same, and a service answers what they wrote', () => {
    const ask = ifSaid(ana, { purpose: 'service', channel: 'voice' }, noon);
    expect(ask.candidates).toStrictEqual([{ channel: 'voice' }]);
    expect(ask.answersInboundAt).toBe(noon - day);
    const silent = ifSaid({ ...ana, wroteAt: null }, { purpose: 'service', channel: 'voice' }, noon);
    expect(silent).not.toHaveProperty('answersInboundAt');
  });
});

describe('as a step of a journey', () => {
  const hint: TouchStep = {
    kind: 'touch',
    team: 'care',
    madeBy: 'tech',
    purpose: 'relationship',
    reach: ['preferred', 'wrote-on'],
    fate: 'drop',
    say: 'hint',
    next: 'end:finished',
  };
  const gold = {
    when: { path: 'customer.plan', is: ['gold'] },
    because: 'gold gets a person',
    madeBy: 'human',
  } as const;
  const ours = { when: { path: 'run.failures', atLeast: 1 }, because: 'it failed before', madeBy: 'human' } as const;
  const called = { when: { path: 'r.customer.plan', is: ['gold'] }, because: 'a name alike', madeBy: 'human' } as const;
  const journeyWith = (step: TouchStep): Journey => {
    const steps = { hint: step, done: { kind: 'end', outcome: 'finished' } };
    return { format: 1, name: 'hints', steps } as unknown as Journey;
  };
  const template = (locale: string, assumes: readonly string[]): Template => ({
    name: 'hint',
    locale,
    purpose: 'relationship',
    assumes,
    needs: [],
    channels: { email: {}, sms: {} },
    body: 'Hello',
  });
  const ask = (step: TouchStep, name = 'hint') =>
    ifStep(
      ana,
      { journey: journeyWith(step), step: name, templates: [template('en', ['alive']), template('de', ['lebt'])] },
      noon,
    );

  it('it is asked as at its first visit, by all channels that lead to them and in their language', () => {
    expect(ask(hint)).toEqual({
      touchId: 'nobody/asks/1',
      ask: 1,
      customerId: 'ana',
      journey: 'hints',
      purpose: 'relationship',
      madeBy: 'tech',
      assumes: ['lebt'],
      candidates: [
        { channel: 'sms', way: 'preferred', address: '+4915112345678' },
        { channel: 'email', way: 'wrote-on', address: 'ana@example.org' },
      ],
      substitutes: [],
      fate: 'drop',
      firstAskedAt: noon,
    });
  });
  it('exceptions know the customer’s fields, and nothing of a run', () => {
    expect(ask({ ...hint, prefer: [gold] })).toBeNull();
    expect(ask({ ...hint, prefer: [ours] })).toMatchObject({ journey: 'hints' });
    expect(ask({ ...hint, prefer: [called] })).toMatchObject({ journey: 'hints' });
  });
  it('what a person makes asks for no place, and what is no touch is none', () => {
    expect(ask({ ...hint, madeBy: 'human' })).toBeNull();
    expect(ask(hint, 'done')).toBeUndefined();
    expect(ask(hint, 'nowhere')).toBeUndefined();
  });
});

describe('what a person makes', () => {
  it('is told by what is to be said, and why it could not go out', () => {
    expect(personMakes('hint')).toBe("A person makes this contact: 'hint'");
    expect(couldNotGoOut('hint', 'Not sent: STOP.')).toBe("A message ('hint') could not go out: Not sent: STOP.");
    expect(outcomesOfTouch).toEqual(['done', 'not needed']);
  });
});
