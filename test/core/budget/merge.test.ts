/** What two records of one person come to, where they do not say the same. */
import { describe, expect, it } from '@jest/globals';
import { mayBeIn, readArea } from '../../../core/budget/area.ts';
import { mergeRows } from '../../../core/budget/merge.ts';
import type { Gates, OwnLimits } from '../../../core/budget/row.ts';
import { day, noon, rowWith } from './fixtures.ts';

const merged = (kept: Partial<Gates>, other: Partial<Gates>): Gates =>
  mergeRows(rowWith({}, kept), rowWith({}, other), () => false, noon).row.gates;
const wishes = (kept: OwnLimits, other: OwnLimits): OwnLimits | null => merged({ own: kept }, { own: other }).own;

describe('their wishes', () => {
  const until = noon + 30 * day;
  it.each<[string, OwnLimits, OwnLimits, OwnLimits | null]>([
    [
      'for less: the smaller number in the longer span for the longer time',
      { less: { atMost: 1, in: '1 day', until } },
      { less: { atMost: 3, in: 'calendar week', until: until + day } },
      { less: { atMost: 1, in: 'calendar week', until: until + day } },
    ],
    [
      'for less, one of which is over: it is not revived by the other',
      { less: { atMost: 1, in: '2 days', until: noon } },
      { less: { atMost: 3, in: '1 day', until } },
      { less: { atMost: 3, in: '1 day', until } },
    ],
    ['all of which are over: none', { pausedUntil: noon }, { less: { atMost: 1, in: '1 day', until: noon - 1 } }, null],
    [
      'for hours: those that both name',
      { hours: [{ from: '09:00', to: '18:00' }] },
      { hours: [{ from: '12:00', to: '20:00', on: ['Sunday'] }] },
      { hours: [{ from: '12:00', to: '18:00', on: ['Sunday'] }] },
    ],
    [
      'for days, however they are spelt',
      { hours: [{ from: '09:00', to: '18:00', on: ['Sunday', 'Monday'] }] },
      { hours: [{ from: '09:00', to: '18:00', on: ['Sun', 'Tue'] }] },
      { hours: [{ from: '09:00', to: '18:00', on: ['Sunday'] }] },
    ],
    [
      'for hours that leave none: those of the record that is kept',
      { hours: [{ from: '09:00', to: '12:00' }] },
      { hours: [{ from: '13:00', to: '18:00' }] },
      { hours: [{ from: '09:00', to: '12:00' }] },
    ],
  ])('%s', (_, kept, other, expected) => {
    expect(wishes(kept, other)).toEqual(expected);
  });
});

describe('where they are', () => {
  const bonn = { country: 'DE', region: 'NW', postal: '53113' };
  const miami = { country: 'US', region: 'FL' };
  const isIn = (gates: Gates, ...areas: string[]): boolean[] =>
    areas.map((said) => {
      const area = readArea(said);
      return area !== null && mayBeIn(area, gates);
    });
  it.each<[string, Partial<Gates>, Partial<Gates>, readonly [bonn: boolean, miami: boolean]]>([
    ['two places on record: either', { place: bonn }, { place: miami }, [true, true]],
    ['the same place twice: there', { place: bonn }, { place: bonn }, [true, false]],
    [
      'a place, and a number of another country: the place',
      { place: bonn },
      { jurisdictions: ['US-FL'] },
      [true, false],
    ],
    ['only the other knows', {}, { place: miami }, [false, true]],
    ['two numbers: either', { jurisdictions: ['DE'] }, { jurisdictions: ['US-FL'] }, [true, true]],
  ])('%s', (_, kept, other, expected) => {
    expect(isIn(merged(kept, other), 'DE:53', 'US-FL')).toEqual(expected);
  });
  it('a clock on record outweighs one that a number made plausible; of two on record both count', () => {
    const berlin = { zone: 'Europe/Berlin', zonesPlausible: [] };
    expect(merged(berlin, { zone: null, zonesPlausible: ['America/New_York'] })).toMatchObject(berlin);
    expect(merged(berlin, { zone: 'America/New_York' })).toMatchObject({
      zone: null,
      zonesPlausible: ['Europe/Berlin', 'America/New_York'],
    });
  });
});
