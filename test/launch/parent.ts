/** What `righttouch dev` does with its servers, as a process that tests can end in every way. Prints one line of JSON. */
import { claimFolder } from '../../cli/dev/claim.ts';
import { startServers } from '../../cli/dev/dev.ts';
import { dataFolder } from '../../cli/dev/folders.ts';
import { live } from '../../cli/dev/lifecycle.ts';

const port = (name: string): number => Number(process.env[name]);
const ports = { postgres: port('TEST_POSTGRES'), temporal: port('TEST_TEMPORAL'), temporalUi: port('TEST_UI') };

await live(async (life) => {
  const data = dataFolder();
  const claim = claimFolder(data);
  if (claim.kind === 'running') {
    console.log(JSON.stringify(claim));
    return;
  }
  life.onStop('claim', () => {
    claim.release();
    return Promise.resolve();
  });
  const servers = await startServers({ data, tell: (line) => console.error(line), fail: life.fail, ports });
  life.onStop('servers', servers.stop);
  claim.announce('http://127.0.0.1:3000');
  console.log(JSON.stringify({ kind: 'up', ...servers }));
  await life.stopped;
});
