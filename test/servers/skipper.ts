import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The time-skipping server as the SDK should start it: the SDK does not end it when a test process is killed, so a
 * shell beside it watches the one that started it.
 */
export function guardedSkipper(binary: string, folder: string): string {
  const file = join(folder, 'time-skipping-server');
  const guard = 'while kill -0 "$PPID" 2>/dev/null && kill -0 $$ 2>/dev/null; do sleep 0.5; done; kill -KILL $$';
  writeFileSync(file, `#!/bin/sh\n(${guard}) </dev/null >/dev/null 2>&1 &\nexec '${binary}' "$@"\n`, { mode: 0o755 });
  return file;
}
