/** The words that random journeys would have been written with. */
import type { StoredWords } from '../../../core/journey/stored-words.ts';

export const randomWords: StoredWords = {
  format: 1,
  events: {
    begun: { urgent: { kind: 'yesNo' }, orderId: { kind: 'id' } },
    'date-set': { startsAt: { kind: 'moment' } },
    'parcel-left': {},
    'parcel-lost': {},
    closed: {},
    solved: {},
  },
  causes: ['begun'],
  customer: {
    gold: { kind: 'yesNo' },
    renewsOn: { kind: 'day', optional: true },
    device: { kind: 'text', optional: true },
  },
  teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' } },
  purposes: ['service'],
  templates: ['hello'],
  audiences: [],
  articles: ['articles'],
  lookUps: { 'where-is-parcel': { needs: { orderId: { kind: 'id' } }, answers: ['found'] } },
  actions: { 'refund-order': { needs: { orderId: { kind: 'id' } }, declines: ['too-late'] } },
  guards: {},
};
