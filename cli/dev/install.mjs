// Plain Node without dependencies: `npm start` and `npm test` run it first, so that a fresh clone needs nothing else.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed-for');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`righttouch: Node ${process.versions.node} is too old, it needs 20.19 or later (https://nodejs.org)`);
  process.exit(1);
}

const lockfile = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const wanted = [lockfile, process.platform, process.arch, process.versions.modules].join(' ');

if (!isInstalled()) {
  const release = takeLock(join(root, '.righttouch', 'install.lock'));
  let status = 0;
  try {
    if (!isInstalled()) status = install(); // another installer may have finished while we waited
  } finally {
    release();
  }
  if (status !== 0) {
    console.error('righttouch: `npm ci` failed, see above. Is the npm registry within reach?');
    process.exit(status);
  }
}

function isInstalled() {
  if (textOf(stamp) === wanted) return true;
  // Somebody ran `npm install` or `npm ci` by hand after the lockfile last changed.
  const byHand = changedAt(join(modules, '.package-lock.json'));
  if (byHand === 0 || byHand < changedAt(join(root, 'package-lock.json')) || byHand < changedAt(stamp)) return false;
  writeFileSync(stamp, wanted);
  return true;
}

/** @returns {number} npm's exit status */
function install() {
  console.error('righttouch: installing packages (first start only, about a minute) …');
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath; // the very npm that runs us
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] };
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error) console.error(`righttouch: could not run npm: ${result.error.message}`);
  const status = result.status ?? 1;
  if (status === 0) writeFileSync(stamp, wanted);
  return status;
}

/** One installer at a time: `npm start` and `npm test` may be typed at once. A lock whose owner is gone is taken over. */
function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    try {
      const lock = openSync(file, 'wx');
      writeFileSync(lock, String(process.pid));
      closeSync(lock);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(textOf(file));
    const isYoung = Date.now() - changedAt(file) < 5000; // its owner may be about to write its pid
    if (owner ? !isAlive(owner) : !isYoung) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) console.error(`righttouch: waiting for another installation (process ${owner}) …`);
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function changedAt(file) {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
