/** A picture of a journey's version, with the place of each step in it. */
import { z } from 'zod';

const share = z.number().min(0).max(1);
export const picture = z
  .object({
    light: z.string().describe('SVG without scripts and styles, on a transparent ground, to be read on a light page'),
    dark: z.string().describe('The same for a dark one'),
    width: z.number().describe('In CSS pixels, at the size at which its letters are meant to be read'),
    height: z.number(),
    steps: z
      .array(
        z.object({
          step: z.string(),
          says: z.string().describe('What it is, in a word or two'),
          time: z
            .string()
            .nullable()
            .describe('How long it waits, promises or gives a person, as it is said; null: it says no time'),
          template: z.string().nullable().describe('The template that it says'),
          left: share,
          top: share,
          width: share,
          height: share,
        }),
      )
      .describe(
        'Where each step stands, as shares of width and height from the upper left corner; in the order of the story',
      ),
  })
  .meta({ id: 'JourneyPicture' });
