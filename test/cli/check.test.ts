import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mostMoments } from '../../core/explore/ways.ts';
import { jsonOf, type as typed } from './cli.ts';

let folder: string;
const here = (...args: string[]) => typed(args, {}, folder);
/** Heard in any order while it pauses, and kept until a step listens for them: every order is a moment of its own. */
const news = Array.from({ length: 8 }, (_, n) => `news-${String(n)}`);
const many = `import { journey, listen, pause } from './words.js';
export const many = journey('many', {
  story: 'Many things may be heard, in any order.',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care', purpose: 'service', cause: 'inquiry-received', reach: 'email', fate: 'drop',
  steps: [
    pause('first', '1 day'),
    ${news.map((event) => `listen('on-${event}', '1 day', { '${event}': [], silence: [] }),`).join('\n    ')}
  ],
});
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-check-'));
  await here('init', '.');
  const words = readFileSync(join(folder, 'words.ts'), 'utf8');
  writeFileSync(
    join(folder, 'words.ts'),
    words.replace('  events: {', `  events: {\n    ${news.map((event) => `'${event}': {},`).join(' ')}`),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const offer = `import { journey, listen } from './words.js';
export const offer = journey('offer', {
  story: 'News interrupt it.',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care', purpose: 'service', cause: 'inquiry-received', reach: 'email', fate: 'drop',
  steps: [listen('ear', '1 day', { 'news-0': [], silence: [] })],
  anyTime: { 'news-1': [listen('aside', '1 day', { 'news-2': [], silence: [] })] },
});
`;

describe('what is left out of the ways by design', () => {
  beforeAll(() => writeFileSync(join(folder, 'offer.ts'), offer));
  afterAll(() => rmSync(join(folder, 'offer.ts')));

  it('is told in one line, with the journeys that have it', async () => {
    const { exit, out } = await here('check');
    expect(exit).toBe(0);
    expect(out.split('\n').filter((line) => line.startsWith('Notice: '))).toEqual([
      'Notice: Not walked, by design: more than 2 events while a step is decided (offer, starter); ' +
        'answers to the story and further interruptions before an interruption has ended (offer); ' +
        'a second deferral of a touch (starter).',
    ]);
    const annotations = (await here('check', '--format', 'github')).out.split('\n');
    expect(annotations).toEqual([expect.stringMatching(/^::notice::Not walked, by design: more than 2 events/)]);
  });

  it('stands in the JSON, for each journey', async () => {
    expect(jsonOf(await here('check', '--json'))).toMatchObject({
      ok: true,
      explored: [
        {
          journey: 'offer',
          leftOut: [
            'more than 2 events while a step is decided',
            'answers to the story and further interruptions before an interruption has ended',
          ],
        },
        {
          journey: 'starter',
          leftOut: ['more than 2 events while a step is decided', 'a second deferral of a touch'],
        },
      ],
    });
  });
});

describe('a journey with more ways than are walked', () => {
  beforeAll(() => writeFileSync(join(folder, 'many.ts'), many));

  it('is a fault that says so', async () => {
    const { exit, out } = await here('check');
    expect(exit).toBe(1);
    expect(out).toContain(
      `many.ts:2: journey 'many': It has more ways than ${String(mostMoments)} moments: not everything was looked at.`,
    );
  }, 120_000);
});
