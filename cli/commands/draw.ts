import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { pictureOf, toMermaid, type Picture } from '../../core/draw/draw.ts';
import { nearest } from '../../core/journey/nearest.ts';
import type { Journey } from '../../core/journey/table.ts';
import { createApiClient } from '../api-client.ts';
import { liveJourney } from '../draw/live.ts';
import { toSvg } from '../../api/journey-svg.ts';
import { printJson, type Io } from '../io.ts';
import { loadJourneys } from '../load-journeys.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';

export interface DrawOptions extends ClientOptions {
  readonly in?: string;
  readonly svg?: true;
  readonly mermaid?: true;
  readonly out?: string;
  readonly live?: true;
}
type Form = 'svg' | 'mermaid';

/** Prints a picture, or writes it to a file; several into a folder. */
export async function draw(io: Io, named: string | undefined, options: DrawOptions): Promise<ExitCode> {
  if (options.svg && options.mermaid) throw misused('--svg and --mermaid are two forms: ask for one of them.');
  const form: Form = options.mermaid || (!options.svg && isMermaidFile(options.out)) ? 'mermaid' : 'svg';
  const pictures = options.live ? [await drawnLive(io, named, options)] : await drawnHere(io, named, options);
  const [first, ...more] = pictures;
  if (!first) throw misused('There is no journey to draw. Export one: see starter.ts of righttouch init.');
  if (options.out === undefined) {
    if (more.length > 0)
      throw misused(
        `There are ${pictures.length} journeys: ${pictures.map(({ name }) => name).join(', ')}. Name one, or a folder for all: --out pictures.`,
      );
    const text = await written(first, form);
    if (options.json) printJson(io, { journey: first.name, form, picture: text });
    else io.out(text.trimEnd());
    return 0;
  }
  const files = await write(io, pictures, form, options.out);
  if (options.json) printJson(io, { form, files });
  else for (const file of files) io.out(`Drawn: ${file}`);
  return 0;
}

async function drawnHere(io: Io, named: string | undefined, options: DrawOptions): Promise<Picture[]> {
  const { journeys } = await loadJourneys(io, options.in);
  return chosen(journeys, named).map((journey) => pictureOf(journey));
}

async function drawnLive(io: Io, named: string | undefined, options: DrawOptions): Promise<Picture> {
  if (named === undefined) throw misused('Which journey? --live draws one at a time: righttouch draw starter --live.');
  const { journey, live } = await liveJourney(createApiClient(io, options), named);
  return pictureOf(journey, live);
}

function chosen(journeys: readonly Journey[], named: string | undefined): readonly Journey[] {
  if (named === undefined) return journeys;
  const found = journeys.filter(({ name }) => name === named);
  if (found.length > 0) return found;
  const names = journeys.map(({ name }) => name);
  throw misused(
    [`No journey is called '${named}'.`, nearest(named, names) ?? `There are: ${names.join(', ')}.`].join(' '),
  );
}

async function write(io: Io, pictures: readonly Picture[], form: Form, out: string): Promise<string[]> {
  const target = resolve(io.cwd, out);
  const isFolder = pictures.length > 1 || out.endsWith('/') || (existsSync(target) && statSync(target).isDirectory());
  if (isFolder && existsSync(target) && !statSync(target).isDirectory())
    throw misused(`There are ${pictures.length} journeys, but '${out}' is a file. Name a folder, or one journey.`);
  const files: string[] = [];
  for (const picture of pictures) {
    const file = isFolder ? join(target, `${picture.name}.${form === 'svg' ? 'svg' : 'mmd'}`) : target;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await written(picture, form));
    files.push(relative(io.cwd, file));
  }
  return files;
}

const written = async (picture: Picture, form: Form): Promise<string> =>
  form === 'svg' ? toSvg(picture) : toMermaid(picture);
const isMermaidFile = (out: string | undefined): boolean =>
  out !== undefined && ['.mmd', '.mermaid'].includes(extname(out));
