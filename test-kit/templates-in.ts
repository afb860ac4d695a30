import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentence } from '../core/journey/fault.ts';
import { readTemplate } from '../core/journey/read-template.ts';
import type { Template } from '../core/journey/template.ts';

/** Where a project keeps its templates, seen from where tests are run. */
const usual = ['templates', 'journeys/templates'];

/** All templates of a folder; without one, of the first usual place that is there. */
export function templatesIn(folder?: string): readonly Template[] {
  const places = folder === undefined ? usual.map((place) => join(process.cwd(), place)) : [folder];
  const found = places.find((place) => existsSync(place));
  if (found === undefined)
    throw new Error(
      `There are no templates in ${places.join(' or ')}. Run tests where the project is, or say where they are: test(journey, { …, templates: 'journeys/templates' }).`,
    );
  return readdirSync(found)
    .filter((name) => name.endsWith('.liquid'))
    .sort()
    .map((name) => {
      const read = readTemplate(name, readFileSync(join(found, name), 'utf8'));
      if (!read.ok) throw new Error(read.faults.map((fault) => `${name}: ${sentence(fault)}`).join('\n'));
      return read.template;
    });
}
