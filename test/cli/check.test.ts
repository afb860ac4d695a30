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

describe('against what it printed before a change', () => {
  const said = (out: string): string[] => out.split('\n').filter((line) => line.startsWith('  starter: '));

  it('tells what each journey costs or saves now, and nothing of those that cost the same', async () => {
    const before = await here('check', '--json');
    writeFileSync(join(folder, 'before.json'), before.out);
    const same = await here('check', '--against', 'before.json');
    expect([same.exit, said(same.out)]).toEqual([0, []]);
    expect(same.out).toContain('No journey costs anything else than before.');

    const starter = readFileSync(join(folder, 'starter.ts'), 'utf8');
    const shorter = starter.replace("listen('our-answer', '1 business day'", "listen('our-answer', '4 business hours'");
    expect(shorter).not.toBe(starter);
    writeFileSync(join(folder, 'starter.ts'), shorter);
    try {
      const after = await here('check', '--against', 'before.json');
      expect(said(after.out)).toEqual([expect.stringMatching(/ h sooner to a person$/)]);
      const annotated = await here('check', '--against', 'before.json', '--format', 'github');
      expect(annotated.out).toMatch(/^::notice::starter: .* h sooner to a person$/m);
    } finally {
      writeFileSync(join(folder, 'starter.ts'), starter);
    }
  });

  it('names a file that is none', async () => {
    const { exit, told } = await here('check', '--against', 'words.ts');
    expect(exit).toBe(2);
    expect(told).toContain("--against is 'words.ts', but should be a file that `righttouch check --json` wrote");
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
