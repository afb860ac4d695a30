import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTwilioAdapter } from '../../channels/sms-twilio.ts';
import { freePort } from '../../cli/dev/ports.ts';

const require = createRequire(import.meta.url);
const packageFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));
const openapi = join(packageFolder('@twilio/cli-core'), 'src/services/twilio-api/twilio_api_v2010.json');
const accountSid = `AC${'0'.repeat(32)}`;
let prism: ChildProcess;
let baseUrl: string;

/** Prism serves Twilio's own description of its API and refuses what does not fit it: neither half is ours. */
beforeAll(async () => {
  const port = await freePort();
  baseUrl = `http://127.0.0.1:${port}`;
  const cli = join(packageFolder('@stoplight/prism-cli'), 'dist/index.js');
  prism = spawn(process.execPath, [cli, 'mock', '-h', '127.0.0.1', '-p', String(port), openapi], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((listening) => {
    prism.stdout?.on('data', (said: Buffer) => {
      if (said.includes('listening')) listening();
    });
  });
}, 60_000);
afterAll(async () => {
  const gone = once(prism, 'exit');
  prism.kill('SIGKILL');
  await gone;
});

test('what we ask of Twilio fits its own description, and we read its own answers', async () => {
  const adapter = createTwilioAdapter({ accountSid, authToken: 'token', from: '+14155552345', baseUrl }, () => 0);
  const text = {
    touchId: 't',
    attempt: 'a',
    to: '+14155552345',
    text: 'Hello! 👍',
    statusCallback: 'https://touch.example.com/webhooks/twilio',
  };
  expect(await adapter.send(text)).toMatchObject({
    result: 'sent',
    providerId: expect.stringMatching(/^(SM|MM)[0-9a-f]{32}$/),
  });

  const createdAt = Date.parse('Thu, 24 Aug 2023 05:01:45 +0000');
  const touch = {
    touchId: 't',
    to: text.to,
    text: 'testing',
    sentAfter: createdAt,
    sentBefore: createdAt + 20_000,
    others: [],
  };
  const found = await adapter.lookUp?.(touch, createdAt + 60_000);
  expect(found?.result).toMatch(/^(found|unsure)$/);
  expect(found).not.toMatchObject({ because: 'Twilio did not answer' });
});

test('prism would say so if it did not fit', async () => {
  const adapter = createTwilioAdapter(
    { accountSid: 'ACtoo-short', authToken: 'token', from: '+14155552345', baseUrl },
    () => 0,
  );
  expect(await adapter.send({ touchId: 't', attempt: 'a', to: '+14155552345', text: 'Hi' })).toMatchObject({
    result: 'later',
    code: '422',
  });
});
