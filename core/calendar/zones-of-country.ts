/** The clocks of a country, by the same package as the rules; apart from them, because it is as large again and few need it. */
import meta from 'moment-timezone/data/meta/latest.json' with { type: 'json' };
import { rulesOf } from './zone-rules.ts';

const countries: Readonly<Record<string, { readonly zones: readonly string[] }>> = meta.countries;

/** By ISO 3166 letters; none for a country that nobody knows. */
export const zonesOfCountry = (country: string): readonly string[] =>
  (Object.hasOwn(countries, country) ? countries[country]?.zones : undefined) ?? [];

/** What is stored is asked about from then on. */
const since = Date.UTC(2026, 0, 1);

/** Of zones whose clocks show the same from 2026 on, the first is enough: a budget's row is read at every touch. */
export function distinctZones(zones: readonly string[]): string[] {
  const byRules = new Map<string, string>();
  for (const zone of zones) {
    const rules = rulesOf(zone);
    if (!rules) continue;
    const first = rules.untils.findIndex((until) => until > since);
    const key = JSON.stringify([rules.untils.slice(first), rules.offsets.slice(first)]);
    if (!byRules.has(key)) byRules.set(key, zone);
  }
  return [...byRules.values()];
}
