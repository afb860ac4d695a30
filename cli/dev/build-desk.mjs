// Builds the agents' page into dist/desk, and packs its parts once so that no request has to.
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { digestOf, dist, root, unlessUnchanged } from './unless-unchanged.mjs';

export const buildDesk = () =>
  unlessUnchanged('desk', digestOf(['desk']), ['desk/index.html'], () => build(join(dist, 'desk')));

/** @param {string} into the folder that holds the built page afterwards */
async function build(into) {
  // Whatever runs us, tests among them: what is built is what people get.
  process.env.NODE_ENV = 'production';
  const vite = await import('vite');
  const made = join(mkdtempSync(join(tmpdir(), 'righttouch-desk-')), 'desk'); // The outer folder is readable by its owner alone.
  try {
    await vite.build({
      configFile: false,
      root: join(root, 'desk'),
      base: '/desk/',
      logLevel: 'warn',
      build: {
        outDir: made,
        emptyOutDir: true,
        target: 'es2022',
        // Everything is a file of its own: the page's policy takes no data: scripts or styles.
        assetsInlineLimit: 0,
        sourcemap: false,
        reportCompressedSize: false,
        rolldownOptions: {
          // 'use client' tells a server what to leave out; here is no server that renders.
          onwarn: (warning, warn) => {
            if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
          },
        },
      },
    });
    const assets = join(made, 'assets');
    for (const name of readdirSync(assets)) {
      const plain = readFileSync(join(assets, name));
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(plain));
      writeFileSync(join(assets, `${name}.gz`), gzipSync(plain, { level: 9 }));
    }
    moveInto(made, into);
  } finally {
    rmSync(dirname(made), { recursive: true, force: true });
  }
}

/** Beside the old one first: a process that starts meanwhile sees a whole page. */
function moveInto(made, into) {
  const aside = `${into}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  cpSync(made, aside, { recursive: true });
  rmSync(into, { recursive: true, force: true });
  renameSync(aside, into);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildDesk();
