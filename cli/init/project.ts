/** A designer's first project: the shortest one that is useful, written so that it can be read from top to bottom. */

/** File → text. `language` is where the editor finds the package's types, seen from the project; null if it is installed there. */
export const projectFiles = (name: string, language: string | null): Readonly<Record<string, string>> => ({
  'words.ts': words,
  'policy.ts': policy,
  'starter.ts': starter,
  'starter.test.ts': starterTest,
  'templates/inquiry-arrived.en.liquid': template,
  'package.json': `${JSON.stringify(packageJson(name), null, 2)}\n`,
  'tsconfig.json': `${JSON.stringify(tsconfig(language), null, 2)}\n`,
});

const packageJson = (name: string): unknown => ({
  name,
  private: true,
  type: 'module',
  scripts: { check: 'righttouch check', test: 'righttouch test', publish: 'righttouch publish' },
});

const tsconfig = (language: string | null): unknown => ({
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: 'nodenext',
    target: 'es2023',
    types: [],
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    ...(language !== null && {
      paths: {
        righttouch: [language],
        'righttouch/test': [language.replace(/righttouch(\.d)?\.ts$/, 'test-kit/test$1.ts')],
      },
    }),
  },
  include: ['*.ts'],
  // Beside a checkout the kit is read as source, and needs types that a project need not have.
  ...(language !== null && { exclude: ['*.test.ts'] }),
});

const words = `/** Our words. Journeys, policies and templates know these and no others; a new value here asks every journey what to do with it. */
import { business, id, ladder, named, oneOf, team, teach, text, yesNo } from 'righttouch';

export const {
  journey, touch, listen, pause, choose, escalate, promise, goTo, end,
  when, is, atLeast, atMost, isKnown, allOf, anyOf, not, rule, toHuman, waitAtMost, substitute, policy, window, words,
} = teach({
  events: {
    'inquiry-received': { inquiryId: id, topic: oneOf('billing', 'delivery', 'other'), urgent: yesNo },
  },
  causes: ['inquiry-received'], // reasons to write; an offer we made up is none
  customer: { firstName: text },
  teams: {
    care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: ladder([
      { to: team('leads'), within: business('2 hours') },
      { to: named('Jo Meyer'), within: business('1 hour') }, // one of you, told until somebody acts
    ]) },
    leads: { open: 'Mon-Fri 08:00-20:00', zone: 'Europe/Berlin' },
  },
  templates: ['inquiry-arrived'],
});
`;

const policy = `import { policy, window } from './words.js';

/** Just enough touch: what we allow ourselves, and what nobody who waits has to bear. */
export const justEnough = policy('just-enough', {
  team: 'care', // hears when a soft cap is passed
  cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
  windows: [
    window('a week', { atMost: 6, in: '7 days', keep: { cost: 2, for: ['service', 'relationship'] } }),
    window('marketing a week', { atMost: 2, in: '7 days', purposes: ['marketing'] }),
  ],
  spacing: [{ apart: '1 hour', purposes: ['service'] }, { apart: '24 hours', purposes: ['marketing'] }],
  quiet: [{ from: '21:00', to: '08:00', channels: ['sms', 'whatsapp', 'voice', 'push'] }],
  first: ['service', 'relationship', 'marketing'],
  risesEvery: '3 days', // who waits moves up, so that nobody waits for ever
  unknownIsSentAfter: '3 days', // where neither a receipt nor a look-up tells whether it went out
  maxSilence: '4 business hours', holdAtMost: '2 business days', less: { atMost: 1, in: '30 days', for: '90 days' },
});
`;

const starter = `import { end, escalate, journey, listen, promise, touch } from './words.js';

export const starter = journey('starter', {
  story: 'Somebody wrote to us. They hear that it arrived and when we answer; if we stay silent, a person takes it.',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care', purpose: 'service', cause: 'inquiry-received', reach: ['sms', 'email'], fate: 'toHuman',
  steps: [
    promise('first-answer', { due: '2 business days', keptBy: 'we-answered' }),
    touch('arrived', { say: 'inquiry-arrived' }),
    listen('our-answer', '1 business day', {
      'we-answered': [end('answered')],
      silence: [escalate('forgotten', { because: 'Nobody has answered yet', within: '4 business hours' }, { answered: [], nobody: [] })],
    }),
  ],
});
`;

/** A try that is kept: made by the word 'test' in `righttouch try starter`, and read like the story it tells. */
const starterTest = `import { story, testing } from 'righttouch/test';
import { justEnough } from './policy.js';
import { starter } from './starter.js';
import { words } from './words.js';

const test = testing({ words, policy: justEnough });

await story('Whoever writes on Friday evening hears at once by when we answer', () => {
  test(starter)
    .as({ fields: { firstName: 'Ana' } })
    .on('Fri 16:55')
    .hears('inquiry-received', { topic: 'billing' })
    .expectTouch('inquiry-arrived', { by: 'sms', saying: 'Hello Ana' })
    .expectPromise('first-answer', 'open', 'Tue 16:55');
});

await story('If we stay silent, a person takes it', () => {
  test(starter)
    .on('Mon 10:00')
    .hears('inquiry-received')
    .expectTouch('inquiry-arrived')
    .silence()
    .expectPerson('care', 'Nobody has answered yet')
    .personDecides('answered')
    .expectOver('finished');
});
`;

const template = `---
purpose: service
assumes: []                        # what must be true of the customer's situation; guards contradict it
needs: [customer.firstName, promise.dueAt]
tells: promise
channels:
  email: { subject: "We have your message" }
  sms:
    segments: 2
    text: "Hello {{ customer.firstName }}, your message is here. You hear from us by {{ promise.dueAt | day_and_time }}."
---
Hello {{ customer.firstName }},

your message is here, and somebody reads it. You hear from us by {{ promise.dueAt | day_and_time }}.

If there is something to add, just answer this message: it reaches the same people.
`;
