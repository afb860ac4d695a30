/** Areas as people name them, in countries that there are: a guard or a switch for any other would hold for nobody. */
import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { areaForm, areaSays, readArea } from '../core/budget/area.ts';

/** Of what reads as an area; by ISO 3166-1 letters, as far as anybody there has a telephone. */
export function isThere(said: string): boolean {
  const area = readArea(said);
  return area === null || isSupportedCountry(area.country);
}
export const noCountry = 'a country that there is, by its ISO 3166-1 letters';

export const area = z
  .string()
  .regex(new RegExp(`^${areaForm}$`), areaSays)
  .refine(isThere, noCountry)
  .describe(areaSays);
