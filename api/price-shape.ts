/** What a journey costs, as `righttouch check` counts it. */
import { z } from 'zod';
import type { Price } from '../core/explore/price.ts';

export const price = z
  .object({
    steps: z.number().int(),
    touchesWorst: z.number().describe('The most on one way that comes to no moment twice'),
    touchesRepeat: z.boolean().describe('A round can add more'),
    touchesTypical: z.number(),
    humanMinutesTypical: z.number(),
    hoursToPerson: z
      .number()
      .nullable()
      .describe('From the beginning until a person is told, on the ways on which one is; null: on none'),
    perStep: z.array(z.object({ step: z.string(), touches: z.number(), humanMinutes: z.number(), hours: z.number() })),
  })
  .meta({ id: 'PriceTag' });

export const priceShown = ({ perStep, ...tag }: Price): z.output<typeof price> => ({
  ...tag,
  perStep: Object.entries(perStep).map(([step, own]) => ({ step, ...own })),
});
