/** A real Chromium: CHROMIUM names one, Debian's is at /usr/bin/chromium, and where there is none and we may, it is installed. */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = (): string | undefined => [process.env['CHROMIUM'] ?? '', ...usual].find((path) => existsSync(path));

function installed(): string {
  const there = found();
  if (there !== undefined) return there;
  const run = (...args: string[]): void => {
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      timeout: 240_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium');
  const now = found();
  if (now === undefined)
    throw new Error('There is no Chromium: install it (apt-get install chromium), or name one in CHROMIUM');
  return now;
}

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath: installed(), args: quiet });
