import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { jsonOf, type as typed } from './cli.ts';

let folder: string;
const here = (...args: string[]) => typed(args, {}, folder);
const rewrite = (from: string, to: string): void => {
  const file = join(folder, 'policy.ts');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`policy.ts does not say ${from}`);
  writeFileSync(file, text.replace(from, to));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-policy-'));
  await here('init', '.');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('finds nothing in the policy that a project begins with', async () => {
  expect(await here('policy', 'check')).toMatchObject({
    exit: 0,
    out: 'just-enough: 2 windows, 2 spacings and 1 span of quiet hours: each of them means something.',
  });
});

it('tells each rule that means nothing, with the figures and what to write instead', async () => {
  rewrite("atMost: 2, in: '7 days', purposes", "atMost: 5, in: '7 days', purposes");
  const { exit, out } = await here('policy', 'check');
  expect(exit).toBe(1);
  expect(out).toMatchInlineSnapshot(`
   "policy.ts: 'just-enough' has 1 finding:
     The window 'marketing a week' can never bind: it allows 5 in 7 days, and 'a week' lets no more than 4 through in 7 days. Allow less than 4 in 7 days, or take the window out."
  `);
  expect(jsonOf(await here('policy', 'check', '--json'))).toMatchObject({
    policy: 'just-enough',
    file: 'policy.ts',
    ok: false,
    findings: [{ rule: "window 'marketing a week'", isContradiction: false }],
  });
  // It is no contradiction: whoever wants it so may have it.
  expect((await here('check')).exit).toBe(0);
});

it('names what cannot be published, as check does', async () => {
  rewrite('keep: { cost: 2,', 'keep: { cost: 6,');
  expect((await here('policy', 'check')).out).toContain(
    "The window 'a week' keeps 6 of 6: nothing is left for other purposes. Keep at most 5. It cannot be published so.",
  );
  expect(await here('check')).toMatchObject({ exit: 1 });
});

it('is refused where the project cannot be read', async () => {
  rewrite("in: '7 days', keep", "in: '91 days', keep");
  const { exit, told } = await here('policy', 'check');
  expect(exit).toBe(1);
  expect(told).toContain("'windows.0.in' is '91 days'. Write a plain time up to 90 days such as '7 days'");
});
