#!/usr/bin/env node
import { processIo } from './io.ts';
import { run } from './run.ts';

// `righttouch tasks | head`: who reads has read enough, and what is left is for nobody.
process.stdout.on('error', () => undefined);
process.exitCode = await run(process.argv.slice(2), processIo);
