import { describe, expect, it } from '@jest/globals';
import { decideIntroduction, type Introduced, type Introducing } from '../../../core/introduction/decide.ts';
import { openingLine } from '../../../core/introduction/opening-line.ts';
import { introductionWords } from '../../../core/introduction/words.ts';

const asked = (change: Partial<Introducing> = {}): Introducing => ({
  ...{ agent: 'ana', taskId: 't', before: [], guards: [], hasName: true },
  ...{ isCustomerWilling: true, isAgentWilling: true, isPolicyWilling: true },
  ...change,
});
const told = (agent: string, change: Partial<Introduced> = {}): Introduced => ({
  ...{ agent, taskId: 't', kind: 'introduction', isContactMade: false },
  ...change,
});
const decided = (change: Partial<Introducing>): string => {
  const it = decideIntroduction(asked(change));
  return it.is === 'none' ? it.because : it.is === 'correction' ? `not ${it.insteadOf}` : it.is;
};

describe('An introduction', () => {
  it('is made once for a pair, whatever task it was for', () => {
    expect(decided({})).toBe('introduction');
    expect(decided({ before: [told('ana')] })).toMatch(/once is enough/);
    expect(decided({ before: [told('ana', { taskId: 'earlier', isContactMade: true })] })).toMatch(/once is enough/);
    expect(decided({ before: [told('ben', { taskId: 'earlier' })] })).toBe('introduction');
  });
  it('is corrected before contact if another person comes, and never twice', () => {
    expect(decided({ before: [told('ben')] })).toBe('not ben');
    const corrected = [told('ben'), told('cem', { kind: 'correction' })];
    expect(decided({ before: corrected })).toBe('it was corrected once already, to cem');
    expect(decided({ agent: 'ben', before: corrected })).toBe('it was corrected once already, to cem');
    expect(decided({ agent: 'cem', before: corrected })).toMatch(/once is enough/);
  });
  it('is a new one once the person who was announced has been in contact', () => {
    expect(decided({ before: [told('ben', { isContactMade: true })] })).toBe('introduction');
  });
  it('is corrected also to somebody whom they know: they expect another one', () => {
    expect(decided({ before: [told('ana', { taskId: 'earlier', isContactMade: true }), told('ben')] })).toBe('not ben');
  });
  it('is not made under a guard, by the policy, or where either side wants none or shows no name', () => {
    expect(decided({ guards: ['bereavement'] })).toBe('a guard holds: bereavement');
    expect(decided({ isPolicyWilling: false })).toMatch(/policy/);
    expect(decided({ isCustomerWilling: false })).toBe('the customer wants none');
    expect(decided({ isAgentWilling: false })).toBe('ana wants none');
    expect(decided({ hasName: false })).toBe('ana has not approved of showing a name');
    // Nor a correction.
    expect(decided({ guards: ['bereavement'], before: [told('ben')] })).toMatch(/guard/);
  });
});

describe('What it says', () => {
  const who = { name: 'Ana', since: '2019', expertise: 'bills and devices', detail: 'I grow tomatoes on a roof.' };
  it('is who, when and one detail, with a card; a text is one sentence', () => {
    const said = introductionWords({
      ...{ language: 'en', firstName: 'Cleo', who, when: 'Tuesday, 24 November, 15:00' },
      card: 'https://touch.example.com/cards/c_1',
    });
    expect(said.text).toBe(
      [
        ...['Hello Cleo,', 'Ana will be in touch with you on Tuesday, 24 November, 15:00.'],
        ...['Ana: with us since 2019, bills and devices.', 'I grow tomatoes on a roof.'],
        'You need do nothing. If you would rather hear from nobody, answer this and say so.',
        'Who Ana is: https://touch.example.com/cards/c_1',
      ].join('\n\n'),
    );
    expect(said.sms).toBe(
      'Ana will be in touch with you on Tuesday, 24 November, 15:00. https://touch.example.com/cards/c_1',
    );
  });
  it('is only what its person shows, and names nobody who shows no name any more', () => {
    const said = introductionWords({
      ...{ language: 'de', firstName: null, who: { name: 'Ana' }, when: null, card: null, insteadOf: null },
    });
    expect(said.text).toBe(
      [
        'Guten Tag,',
        'Es kommt nun doch jemand anders als angekündigt. Ana meldet sich bald bei Ihnen.',
        'Sie müssen nichts tun. Möchten Sie lieber nichts hören, antworten Sie einfach darauf.',
      ].join('\n\n'),
    );
    expect(said.sms).not.toContain('http');
  });
});

it('The opening line says what the customer has told already, so that nobody asks twice', () => {
  const known = {
    firstName: 'Cleo',
    name: 'Ana',
    because: 'Nobody has answered yet',
    answers: [['topic', 'billing']],
  } as const;
  expect(openingLine({ ...known, wrote: 'My bill\nis wrong.' }, 'en')).toBe(
    'Hello Cleo, this is Ana. You wrote to us: “My bill is wrong.” You told us already: topic: billing.',
  );
  expect(openingLine({ ...known, firstName: null, answers: [], wrote: null }, 'en')).toBe(
    'Hello, this is Ana. Nobody has answered yet',
  );
  expect(openingLine({ ...known, wrote: `${'word '.repeat(60)}end` }, 'de').length).toBeLessThan(280);
});
