/**
 * Where a customer may be, by what we know: their place, their numbers, their locale. It is used to be careful, never to be clever: of several
 * plausible clocks and laws all count.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { sayArea, type Place } from '../core/budget/area.ts';
import { distinctZones, zonesOfCountry } from '../core/calendar/zones-of-country.ts';
import areaCodes from './us-area-codes.json' with { type: 'json' };

export interface Located {
  /** IANA names of the clocks they may live by; those that will always show the same are named once. */
  readonly zones: readonly string[];
  /** 'DE', 'US-FL': whose law may hold for them. */
  readonly jurisdictions: readonly string[];
}
interface Known {
  readonly place: Place | null;
  /** Where somebody has said whose law it is: nothing else counts then. */
  readonly jurisdiction: string | null;
  readonly locale: string;
  readonly addresses: readonly { readonly channel: string; readonly address: string }[];
}

const stateOf = new Map<string, string>(
  Object.entries(areaCodes.states).flatMap(([state, { codes }]) =>
    codes.map((code): [string, string] => [code, state]),
  ),
);
const zonesOfState = new Map<string, readonly string[]>(
  Object.entries(areaCodes.states).map(([state, { zones }]) => [state, zones]),
);

/** The locale is asked only where nothing else says anything: 'de-CH' is somebody's language more than their home. */
export function locate({ place, jurisdiction, locale, addresses }: Known): Located {
  const byNumber = addresses.flatMap(({ channel, address }) => whereIsNumber(channel, address) ?? []);
  const byPlace = place
    ? [sayArea({ country: place.country, ...(place.region === undefined ? {} : { region: place.region }) })]
    : [];
  const evidence = [...byPlace, ...byNumber];
  const country = /-([A-Z]{2})$/.exec(locale)?.[1];
  const where = [...new Set(evidence.length > 0 || country === undefined ? evidence : [country])];
  return {
    zones: distinctZones(where.flatMap(zonesIn)),
    jurisdictions: jurisdiction === null ? where : [jurisdiction],
  };
}

/** Null: it is no number. A number that moved with its owner tells of where they were: that is why the place counts too. */
function whereIsNumber(channel: string, address: string): string | null {
  if (channel !== 'sms' && channel !== 'whatsapp' && channel !== 'voice') return null;
  const number = parsePhoneNumberFromString(address);
  if (!number?.country) return null;
  const state = number.country === 'US' ? stateOf.get(number.nationalNumber.slice(0, 3)) : undefined;
  return state === undefined ? number.country : `${number.country}-${state}`;
}

function zonesIn(where: string): readonly string[] {
  const [country = '', region] = where.split('-');
  const inState = country === 'US' && region !== undefined ? zonesOfState.get(region) : undefined;
  return inState ?? zonesOfCountry(country);
}
