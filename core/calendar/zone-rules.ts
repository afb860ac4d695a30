/**
 * Zone rules come from moment-timezone (IANA 2026f in 0.6.6), never from Node, whose own table follows its version. This is the only file
 * that knows the library, and it takes the data alone: `moment.tz` is one object for all copies of the library that a process has loaded,
 * and belongs to whichever came last. date-holidays brings a copy of its own, with the rules of 2025.
 */
import moment from 'moment-timezone';
import packed from 'moment-timezone/data/packed/latest.json' with { type: 'json' };

/** The rule set in force, such as '2026f': printed where somebody asks which rules a date was computed by. */
export const zoneRules = (): string => packed.version;

export interface ZoneRules {
  /** Epoch milliseconds, one for each period: the instant at which it ends; the last is Infinity. */
  readonly untils: readonly number[];
  /** Minutes west of UTC, with fractions for the local mean times of long ago. */
  readonly offsets: readonly number[];
}

/** Names are told apart by nothing that is only writing: 'europe/berlin' is a zone. */
const keyOf = (name: string): string => name.toLowerCase().replaceAll('/', '_');
const nameIn = (zone: string): string => zone.slice(0, zone.indexOf('|'));
const zones = new Map(packed.zones.map((zone) => [keyOf(nameIn(zone)), zone]));
const links = new Map(
  packed.links.map((link) => {
    const [name = '', alias = ''] = link.split('|');
    return [keyOf(alias), keyOf(name)];
  }),
);

const packedOf = (name: string): string | undefined => {
  const key = keyOf(name);
  return zones.get(key) ?? zones.get(links.get(key) ?? '');
};

export const isZone = (name: string): boolean => packedOf(name) !== undefined;

/** Null: there is no such zone. Unpacking depends on no rules, so whose `moment.tz` this is does not matter. */
export function rulesOf(name: string): ZoneRules | null {
  const zone = packedOf(name);
  return zone === undefined ? null : moment.tz.unpack(zone);
}
