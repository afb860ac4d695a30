import { describe, expect, it } from '@jest/globals';
import { isHeldOut } from '../../../core/routing/hold-out.ts';
import { route, type Need, type Routable } from '../../../core/routing/route.ts';
import { sayReasons } from '../../../core/routing/say-reasons.ts';

const need = (change: Partial<Need> = {}): Need => ({
  ...{ language: 'de', topics: [], knows: [], interests: [] },
  ...change,
});
const person = (name: string, change: Partial<Routable> = {}): Routable => ({
  ...{ name, languages: ['de'], skills: [], interests: [], load: 0, capacity: 4 },
  ...change,
});
const chosen = (asked: Need, people: readonly Routable[], draw = 0): string => {
  const routed = route(asked, people, draw);
  return routed.is === 'suggested' ? routed.agent : routed.because;
};
const because = (asked: Need, people: readonly Routable[]): string[] => {
  const routed = route(asked, people, 0);
  return routed.is === 'suggested' ? sayReasons(routed.agent, routed.reasons) : [];
};

describe('A task is suggested', () => {
  it('to somebody who speaks their language before anybody else, also in another country’s form of it', () => {
    const ana = person('ana', { languages: ['en'], skills: ['billing'], interests: ['chess'] });
    const ben = person('ben', { languages: ['de-AT'], load: 3 });
    expect(chosen(need({ language: 'de-CH', topics: ['billing'], knows: ['ana'] }), [ana, ben])).toBe('ben');
  });
  it('then to whoever knows what it is about', () => {
    const ana = person('ana', { skills: ['billing'], load: 3 });
    const ben = person('ben', { skills: ['delivery'] });
    expect(chosen(need({ topics: ['inquiry', 'billing'], knows: ['ben'] }), [ana, ben])).toBe('ana');
  });
  it('then to the person they know, the latest of several', () => {
    const people = [person('ana', { load: 3 }), person('ben'), person('cem', { load: 3 })];
    expect(chosen(need({ knows: ['cem', 'ana'] }), people)).toBe('cem');
    expect(chosen(need({ knows: ['dana', 'ana'] }), people)).toBe('ana');
  });
  it('then to whoever has more room for what they carry, in quarters', () => {
    const ana = person('ana', { load: 3, capacity: 10, interests: ['chess'] });
    expect(chosen(need(), [ana, person('ben', { load: 1, capacity: 10 })])).toBe('ben');
    // Within a quarter it is as good, and what both like decides.
    expect(chosen(need({ interests: ['chess'] }), [ana, person('ben', { load: 4, capacity: 10 })])).toBe('ana');
  });
  it('then to whoever likes what they like, where both let it count', () => {
    const people = [person('ana'), person('ben', { interests: ['choir', 'chess'] })];
    expect(chosen(need({ interests: ['chess', 'choir'] }), people)).toBe('ben');
    expect(chosen(need(), people)).toBe('ana');
  });
  it('to any of those who fit as well, as it is drawn', () => {
    const people = ['ana', 'ben', 'cem'].map((name) => person(name));
    expect([0, 0.34, 0.99].map((draw) => chosen(need(), people, draw))).toEqual(['ana', 'ben', 'cem']);
  });
  it('never to somebody who has as many as they carry, and to nobody if all have', () => {
    const full = person('ana', { load: 4 });
    expect(chosen(need({ knows: ['ana'] }), [full, person('ben', { load: 3, languages: ['fr'] })])).toBe('ben');
    expect(chosen(need(), [full])).toBe('all-full');
    expect(chosen(need(), [])).toBe('nobody-on-shift');
  });
});

describe('Why it is they', () => {
  it('is told by three reasons, what sets them apart before what holds for all', () => {
    const people = [
      person('ana', { skills: ['billing'], interests: ['chess'], load: 1 }),
      person('ben', { skills: ['billing'], load: 1 }),
    ];
    const asked = need({ topics: ['billing'], knows: ['ana'], interests: ['chess'] });
    expect(because(asked, people)).toEqual(['the customer knows ana', 'both like chess', 'speaks de']);
    expect(because(asked, people.slice(0, 1))).toEqual(['speaks de', 'knows billing', 'the customer knows ana']);
  });
  it('says so where nobody speaks their language', () => {
    expect(because(need({ language: 'fr' }), [person('ana', { load: 1 })])).toEqual([
      'nobody who has room speaks fr',
      'has 1 of 4 tasks',
    ]);
  });
});

it('A share of the tasks is held out, none at 0 and all at 100', () => {
  expect([0, 0.0999, 0.1].map((draw) => isHeldOut(draw, 10))).toEqual([true, true, false]);
  expect([isHeldOut(0, 0), isHeldOut(0.9999, 100)]).toEqual([false, true]);
});
