/**
 * A piece of the earth as people name it when they set a guard or a kill switch: a country ('DE'), a part of it ('DE-NW'), or the beginning of
 * a postal code in either ('DE:535', 'US-FL:331'). Countries are ISO 3166-1 letters, parts ISO 3166-2 codes without the country.
 */
export interface Area {
  readonly country: string;
  readonly region?: string;
  /** Beginning of the postal code, in capitals, without spaces and hyphens. */
  readonly postal?: string;
}

/** Where a customer lives, as far as it is on record. */
export interface Place {
  readonly country: string;
  readonly region?: string;
  readonly postal?: string;
}

/** As part of a regular expression. */
export const areaForm = '([A-Z]{2})(?:-([A-Z0-9]{1,3}))?(?::([A-Z0-9][A-Z0-9 -]{0,9}))?';
const form = new RegExp(`^${areaForm}$`);
export const areaSays =
  "a country, a part of it or the beginning of a postal code: 'DE', 'DE-NW', 'DE:535' or 'US-FL:331'";

/** Null: it says nothing. */
export function readArea(said: string): Area | null {
  const [, country, region, postal] = form.exec(said) ?? [];
  if (country === undefined) return null;
  return {
    country,
    ...(region === undefined ? {} : { region }),
    ...(postal === undefined ? {} : { postal: postalOf(postal) }),
  };
}

export const postalOf = (written: string): string => written.toUpperCase().replace(/[ -]/g, '');

export const sayArea = ({ country, region, postal }: Area): string =>
  `${country}${region === undefined ? '' : `-${region}`}${postal === undefined ? '' : `:${postal}`}`;

/** What we know of where somebody is. */
export interface Whereabouts {
  /** On record; without it, what their numbers say counts. */
  readonly place?: Place;
  /** On another record of theirs that was merged into this one, and says something else. */
  readonly alsoAt?: readonly Place[];
  /** Whose law may hold for them: 'DE', 'US-FL'. */
  readonly jurisdictions?: readonly string[];
}

/**
 * Are they there, or may they be? What is on record decides; where the record says less than the area does (the country and no postal code),
 * and where there is only a telephone number, doubt counts as being there. Of whom nothing at all is known, nothing speaks for it.
 */
export function mayBeIn(area: Area, { place, alsoAt = [], jurisdictions = [] }: Whereabouts): boolean {
  const perhaps = place ? [place, ...alsoAt] : jurisdictions.flatMap((said) => readArea(said) ?? []);
  return perhaps.some(
    (at) =>
      at.country === area.country &&
      (area.region === undefined || at.region === undefined || at.region === area.region) &&
      (area.postal === undefined || at.postal === undefined || at.postal.startsWith(area.postal)),
  );
}
