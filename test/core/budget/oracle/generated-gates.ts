/** What may stop a touch to somebody, and what our own people have stopped. */
import fc from 'fast-check';
import type { Gates, OwnHours } from '../../../../core/budget/row.ts';
import { gatesWith, noon } from '../fixtures.ts';
import { step } from './clock.ts';
import { channel, clock, instant, journey, seldom, weekend, whereTo } from './generated-words.ts';
import type { Stopped } from './person.ts';

const hours = fc
  .array(fc.tuple(clock, clock, weekend), { minLength: 1, maxLength: 2 })
  .map((all) => all.map(([a, b, on]): OwnHours => ({ from: a < b ? a : b, to: a < b ? b : a, ...(on ? { on } : {}) })))
  .filter((all) => all.every(({ from, to }) => from < to));
const less = fc.record({
  atMost: fc.integer({ min: 1, max: 3 }),
  in: fc.constantFrom('1 day', '2 days', 'calendar week'),
  until: fc.integer({ min: -2, max: 60 }).map((n) => noon + n * step),
});
/** Mostly in Berlin; of some we know only where they may be, or nothing at all. */
const zones = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ zone: 'Europe/Berlin', zonesPlausible: [] }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { zone: 'America/New_York', zonesPlausible: [] },
      { zone: null, zonesPlausible: ['Europe/Berlin', 'America/New_York'] },
      { zone: null, zonesPlausible: [] },
    ),
  },
);
const places = [{ country: 'DE', region: 'NW', postal: '53501' }, { country: 'DE' }, { country: 'US', region: 'FL' }];
/** What anybody knows of somebody, or nobody does. */
const perhaps = fc.record(
  {
    place: fc.constantFrom(...places),
    jurisdictions: fc.constantFrom(['DE'], ['US'], ['US-FL', 'ES'], ['FR']),
    checks: instant.map((at) => [{ assumption: 'home-is-fine', at: at - 76 * step }]),
    held: instant.map((until) => ({ until, by: 'ana' })),
    stopped: fc.tuple(journey, fc.option(instant)).map(([name, until]) => [{ journey: name, until, by: 'ana' }]),
  },
  { requiredKeys: [] },
);
const wishes = fc.record({ pausedUntil: instant, less, hours, channels: whereTo }, { requiredKeys: [] });
const area = fc.constantFrom('DE', 'DE-NW', 'DE:535', 'US-FL', 'US:331', 'FR');
const flood = { fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: 0 };
export const stoppedOf = fc
  .record({
    switches: seldom(
      fc.oneof(
        fc.constantFrom('all' as const, 'journey:offer' as const, 'channel:sms' as const, 'segment:gold' as const),
        area.map((said) => `area:${said}` as const),
      ),
    ),
    guarded: seldom(fc.uniqueArray(area, { minLength: 1, maxLength: 2 })),
  })
  .map(({ switches: scope, guarded: areas }): Stopped => ({
    killed: scope ? [{ scope, reason: 'fire' }] : [],
    areaGuards: areas ? [{ ...flood, areas }] : [],
  }));
export const gatesOf = fc
  .record({
    noConsents: seldom(fc.constant(true)),
    declined: seldom(channel),
    stop: seldom(fc.constantFrom('email' as const, 'sms' as const, 'all' as const)),
    guarded: seldom(fc.constant(true)),
    hold: seldom(instant),
    own: seldom(wishes),
    perhaps: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: perhaps }),
    inbound: seldom(fc.record({ channel, until: fc.integer({ min: -1, max: 2 }) })),
    zones,
  })
  .map((g): Gates => {
    const all = gatesWith();
    const declined = g.declined ? [{ channel: g.declined, purpose: 'marketing', granted: false }] : [];
    return {
      ...all,
      ...g.zones,
      ...g.perhaps,
      consents: g.noConsents ? [] : [...all.consents, ...declined],
      suppressions: g.stop ? [{ channel: g.stop, at: 0, reason: 'STOP' }] : [],
      guards: g.guarded ? [flood] : [],
      hold: g.hold === undefined ? null : { until: g.hold, taskId: 'K' },
      own: g.own ?? null,
      inboundOpen: g.inbound ? [{ channel: g.inbound.channel, until: noon + g.inbound.until * step }] : [],
    };
  });
