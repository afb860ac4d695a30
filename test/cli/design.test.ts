import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../cli/dev/folders.ts';
import { freePort } from '../../cli/dev/ports.ts';
import { jsonOf, ownCli, type OwnCli, type as typed } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
});
afterAll(() => own.stop());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-design-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const here = (...args: string[]) => typed(args, own.env, folder);
const spoil = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
};

describe('init', () => {
  it('begins a project that check finds nothing wrong with, and that compiles', async () => {
    const begun = await here('init', '.');
    expect(begun).toEqual({
      exit: 0,
      told: '',
      out: [
        'Begun in .: words.ts, policy.ts, starter.ts, starter.test.ts, templates/inquiry-arrived.en.liquid, package.json, tsconfig.json.',
        'Next: righttouch check, then publish. The journey is in starter.ts.',
      ].join('\n'),
    });
    expect(await here('check')).toEqual({
      exit: 0,
      told: '',
      out: expect.stringMatching(
        /^1 journey \(starter\) and 1 template: no faults\.\nstarter: 4 steps · 1 touch at worst, .+\n {2}arrived \+0\.\d+ touches/,
      ),
    });
    await promisify(execFile)(process.execPath, [join(packageRoot, 'node_modules/typescript/bin/tsc'), '-p', folder]);
  }, 90_000);

  it('refuses a folder with anything in it, and writes nothing there', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    expect(await here('init', '.')).toEqual({
      exit: 1,
      out: '',
      told: "The folder '.' is not empty: it holds notes.txt. Name a new folder, or an empty one.",
    });
    expect(readdirSync(folder)).toEqual(['notes.txt']);
    expect(await here('init', 'notes.txt')).toMatchObject({ exit: 1, told: expect.stringContaining('is a file') });
  });

  it('wants to know where', async () => {
    expect(await here('init')).toEqual({ exit: 2, out: '', told: "Missing required argument 'folder'." });
  });
});

describe('check', () => {
  beforeEach(async () => {
    await here('init', '.');
  });

  it('tells all faults at once, each with its file, journey, step, problem and mend', async () => {
    spoil('starter.ts', "say: 'inquiry-arrived'", "say: 'inquiry-arived' as never");
    spoil('policy.ts', "team: 'care'", "team: 'carre' as never");
    const { exit, out } = await here('check');
    expect(exit).toBe(1);
    expect(out).toMatchInlineSnapshot(`
     ". has 3 faults:
       policy.ts: No team is called 'carre'. Did you mean 'care'?
       starter.ts:9: journey 'starter', step 'arrived': No template is called 'inquiry-arived'. Did you mean 'inquiry-arrived'?
       starter.ts:8: journey 'starter', step 'first-answer': Nobody tells the customer of this promise. Say a template whose front matter says 'tells: promise'."
    `);
    const { faults, ...rest } = jsonOf(await here('check', '--json')) as { faults: unknown };
    expect(rest).toEqual({ folder, ok: false, journeys: [], explored: [] });
    expect(faults).toMatchInlineSnapshot(`
     [
       {
         "file": "policy.ts",
         "mend": "Did you mean 'care'?",
         "problem": "No team is called 'carre'.",
       },
       {
         "file": "starter.ts",
         "journey": "starter",
         "line": 9,
         "mend": "Did you mean 'inquiry-arrived'?",
         "problem": "No template is called 'inquiry-arived'.",
         "step": "arrived",
       },
       {
         "file": "starter.ts",
         "journey": "starter",
         "line": 8,
         "mend": "Say a template whose front matter says 'tells: promise'.",
         "problem": "Nobody tells the customer of this promise.",
         "step": "first-answer",
       },
     ]
    `);
  });

  it('says what kept a file from being read, and where', async () => {
    writeFileSync(join(folder, 'broken.ts'), 'export const = 1;\n');
    const { exit, out } = await here('check');
    expect(exit).toBe(1);
    expect(out).toMatchInlineSnapshot(`
     ". has 1 fault:
       broken.ts:1: Expected identifier but found "=". It reads: export const = 1;"
    `);
  });

  it('says that there is no such folder, or nothing in it', async () => {
    expect(await here('check', 'nowhere')).toEqual({
      exit: 2,
      out: '',
      told: "There is no folder 'nowhere'. Name the one that holds words.ts, or begin one: righttouch init.",
    });
    const empty = mkdtempSync(join(folder, 'empty-'));
    expect(await here('check', empty)).toMatchObject({
      exit: 1,
      out: expect.stringContaining('There is no .ts file in it.'),
    });
  });
});

describe('publish', () => {
  beforeEach(async () => {
    await here('init', '.');
  });

  it('publishes as new, then finds the same unchanged, then publishes a change as the next version', async () => {
    expect(await here('publish')).toEqual({ exit: 0, told: '', out: 'starter 1: new' });
    expect(await here('publish', '.', '--to', own.url)).toEqual({ exit: 0, told: '', out: 'starter 1: unchanged' });
    spoil('starter.ts', "within: '4 business hours'", "within: '3 business hours'");
    expect(jsonOf(await here('publish', '--json'))).toMatchObject({
      url: own.url,
      published: [{ name: 'starter', version: 2, isNew: true }],
    });
  });

  it('sends nothing while there are faults', async () => {
    spoil('starter.ts', "say: 'inquiry-arrived'", "say: 'inquiry-arived' as never");
    const before = (await own.api.call('GET', '/v1/journeys')).body;
    const { exit, out, told } = await here('publish');
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(told).toMatchInlineSnapshot(`
     "2 faults; nothing was published.
       starter.ts: journey 'starter', step 'arrived': No template is called 'inquiry-arived'. Did you mean 'inquiry-arrived'?
       starter.ts: journey 'starter', step 'first-answer': Nobody tells the customer of this promise. Say a template whose front matter says 'tells: promise'."
    `);
    expect((await own.api.call('GET', '/v1/journeys')).body).toEqual(before);
  });

  it('says what keeps it from the API: nobody there, no key, a wrong key, a missing scope', async () => {
    const nobody = `http://127.0.0.1:${await freePort(20_000)}`;
    expect(await here('publish', '--to', nobody)).toEqual({
      exit: 3,
      out: '',
      told: `The API at ${nobody} cannot be reached (ECONNREFUSED). Start it with righttouch dev or righttouch api, or name another with --url.`,
    });
    const withKey = (key: string) => typed(['publish'], { ...own.env, RIGHTTOUCH_KEY: key }, folder);
    expect(await withKey('')).toMatchObject({
      exit: 1,
      told: expect.stringMatching(/wants a key. Set RIGHTTOUCH_KEY/),
    });
    expect(await withKey(`rt_${'x'.repeat(43)}`)).toMatchObject({
      exit: 1,
      told: expect.stringContaining('does not know the key in RIGHTTOUCH_KEY'),
    });
    expect(await withKey(await own.api.keyWith('events:write'))).toMatchObject({
      exit: 1,
      told: expect.stringContaining('journeys:write'),
    });
    expect(await here('publish', '--to', 'touch.example.com')).toEqual({
      exit: 2,
      out: '',
      told: "--url is 'touch.example.com', but should be the API's address, such as https://touch.example.com.",
    });
  });
});

describe('The command line', () => {
  it('shows what there is, and helps with a word that is nearly right', async () => {
    const help = await here('--help');
    expect(help.exit).toBe(0);
    const commands =
      'dev init check publish enrol why tasks customers clock keys kill-switch migrate setup worker api config';
    for (const command of commands.split(' ')) expect(help.out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    for (const command of commands.split(' '))
      expect(await here(command, '--help')).toMatchObject({ exit: 0, out: expect.stringContaining('Examples:') });
    expect(await here('pubish')).toEqual({ exit: 2, out: '', told: "Unknown command 'pubish'. Did you mean publish?" });
    expect(await here()).toMatchObject({ exit: 2, told: expect.stringContaining('Usage: righttouch') });
  });

  it('tells errors as JSON where a machine reads', async () => {
    expect(jsonOf(await here('check', '--json', '--jason'))).toEqual({
      error: { exit: 2, says: "Unknown option '--jason'. Did you mean --json?", faults: [] },
    });
  });
});
