import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../cli/dev/folders.ts';
import { toSvg } from '../../api/journey-svg.ts';
import { pictureOf } from '../../core/draw/draw.ts';
import { starter } from '../../journeys/starter.js';
import { everyVerb } from '../core/draw/every-verb.ts';
import { type as typed } from './cli.ts';

const journeys = join(packageRoot, 'journeys');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-draw-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const draw = (...args: string[]) => typed(['draw', ...args, '--in', journeys], {}, folder);

describe('righttouch draw', () => {
  it('draws what the documentation shows: `righttouch draw --in journeys --out docs/pictures` brings it up to date', async () => {
    expect(await draw('--out', 'pictures')).toMatchObject({ exit: 0 });
    const drawn = join(folder, 'pictures');
    const shown = join(packageRoot, 'docs/pictures');
    expect(readdirSync(shown)).toEqual(readdirSync(drawn));
    for (const name of readdirSync(drawn))
      expect([name, readFileSync(join(shown, name), 'utf8')]).toEqual([name, readFileSync(join(drawn, name), 'utf8')]);
  });
  it('draws every verb, and the same journey to the letter the same', async () => {
    const svg = (await toSvg(pictureOf(everyVerb))).replaceAll('&#45;', '-');
    expect(svg).toBe((await toSvg(pictureOf(everyVerb))).replaceAll('&#45;', '-'));
    for (const id of Object.keys(everyVerb.steps).filter((step) => !step.includes(':') && step !== 'resume'))
      expect(svg).toContain(`>${id}<`);
  });
  it('says to a screen reader what it shows, and lets nothing anybody wrote become markup', async () => {
    const evil = '<script>alert(1)</script>" onload="alert(2)';
    const svg = await toSvg(pictureOf({ ...starter, name: evil, story: evil }));
    expect(svg).toMatch(/^<svg role="img" aria-label="The journey &lt;script&gt;/);
    expect(svg).not.toContain('<script');
    expect(svg).not.toMatch(/" onload="/);
  });
  it('is no wider than a phone can show with letters that can be read', async () => {
    for (const name of ['starter', 'inquiry']) {
      const svg = (await draw(name)).out;
      const width = Number(/viewBox="0.00 0.00 ([\d.]+)/.exec(svg)?.[1]);
      expect(width).toBeLessThan(470); // 13 points shrink to 10.8 pixels at most on 390
    }
  });
  it('prints Mermaid, or writes it where the file is called so', async () => {
    expect((await draw('starter', '--mermaid')).out).toContain('flowchart TB');
    await draw('starter', '--out', 'starter.mmd');
    expect(readFileSync(join(folder, 'starter.mmd'), 'utf8')).toContain('flowchart TB');
  });
  it('refuses a name that is none, two forms at once, and several without a folder', async () => {
    expect(await draw('startr')).toMatchObject({
      exit: 2,
      told: "No journey is called 'startr'. Did you mean 'starter'?",
    });
    expect(await draw('starter', '--svg', '--mermaid')).toMatchObject({ exit: 2 });
    expect((await draw()).told).toMatch(/^There are \d+ journeys: .* Name one, or a folder for all: --out pictures\.$/);
  });
});
