import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownApi, type Call, type OwnApi } from './own-api.ts';
import { publishSamples, rowsOf, samples, type Bundle } from './samples.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  await publishSamples(api);
  await api.call('PUT', '/v1/customers/ana', { body: { zone: 'Europe/Berlin' } });
});
afterAll(() => api.stop());

type Row = [
  what: string,
  method: 'PUT' | 'POST' | 'GET' | 'DELETE',
  url: string,
  call: Call,
  status: number,
  code: string,
  fields: string[],
  mend?: RegExp,
];
const event = (more: object): Call => ({
  body: {
    customerId: 'ana',
    type: 'inquiry-received',
    data: { inquiryId: 'i-1', topic: 'billing', urgent: false },
    idempotencyKey: 'k',
    ...more,
  },
});
const customer = (body: object): Call => ({ body });

const table: Row[] = [
  [
    'an unknown event',
    'POST',
    '/v1/events',
    event({ type: 'inquiry-recieved' }),
    422,
    'unknown-name',
    ['type'],
    /^Did you mean 'inquiry-received'\?$/,
  ],
  ['an unknown customer', 'POST', '/v1/events', event({ customerId: 'nobody' }), 404, 'not-found', []],
  [
    'an event with wrong data',
    'POST',
    '/v1/events',
    event({ data: { inquiryId: 7, topic: 'biling', urgent: 'yes', note: 'x' } }),
    422,
    'unknown-name',
    ['data.inquiryId', 'data.topic', 'data.urgent', 'data.note'],
  ],
  [
    'an event without its data',
    'POST',
    '/v1/events',
    event({ data: {} }),
    422,
    'unknown-name',
    ['data.inquiryId', 'data.topic', 'data.urgent'],
  ],
  [
    'an event from the future',
    'POST',
    '/v1/events',
    event({ at: '2031-01-01T00:00:00Z' }),
    422,
    'unknown-name',
    ['at'],
  ],
  [
    'a malformed instant',
    'POST',
    '/v1/events',
    event({ at: 'yesterday' }),
    400,
    'invalid-request',
    ['at'],
    /instant such as/,
  ],
  [
    'a malformed idempotency key',
    'POST',
    '/v1/events',
    event({ idempotencyKey: 'a b' }),
    400,
    'invalid-request',
    ['idempotencyKey'],
  ],
  [
    'an unknown field of an event',
    'POST',
    '/v1/events',
    event({ custmerId: 'x' }),
    400,
    'invalid-request',
    ['custmerId'],
    /^Did you mean 'customerId'\?$/,
  ],
  ['an event name that is none', 'POST', '/v1/events', event({ type: '__proto__' }), 400, 'invalid-request', ['type']],
  [
    'an event named like a part of every object',
    'POST',
    '/v1/events',
    event({ type: 'constructor' }),
    422,
    'unknown-name',
    ['type'],
  ],
  [
    'a malformed zone',
    'PUT',
    '/v1/customers/ana',
    customer({ zone: 'Berlin' }),
    422,
    'unknown-name',
    ['zone'],
    /IANA zone/,
  ],
  [
    'a malformed address of each kind',
    'PUT',
    '/v1/customers/ana',
    customer({
      addresses: [
        { channel: 'email', address: 'ana' },
        { channel: 'sms', address: '123' },
      ],
    }),
    422,
    'unknown-name',
    ['addresses.0.address', 'addresses.1.address'],
  ],
  [
    'a zone, an address and a field that are all wrong',
    'PUT',
    '/v1/customers/ana',
    customer({ zone: 'Mars', addresses: [{ channel: 'email', address: 'ana' }], fields: { plan: 'silver' } }),
    422,
    'unknown-name',
    ['zone', 'addresses.0.address', 'fields.plan'],
  ],
  [
    'an unknown channel',
    'PUT',
    '/v1/customers/ana',
    customer({ preferredChannel: 'emial' }),
    400,
    'invalid-request',
    ['preferredChannel'],
    /^Did you mean 'email'\?$/,
  ],
  [
    'fields nobody taught, and wrong values',
    'PUT',
    '/v1/customers/ana',
    customer({ fields: { fistName: 'Ana', plan: 'silver', keyClient: 'yes' } }),
    422,
    'unknown-name',
    ['fields.fistName', 'fields.plan', 'fields.keyClient'],
    /^Did you mean 'firstName'\?$/,
  ],
  [
    'a privileged field',
    'PUT',
    '/v1/customers/ana',
    customer({ createdAt: '2020-01-01T00:00:00Z', wroteOn: 'sms' }),
    400,
    'invalid-request',
    ['createdAt', 'wroteOn'],
  ],
  ['a customer id with a slash', 'PUT', '/v1/customers/a%2Fb', customer({}), 400, 'invalid-request', ['path.id']],
  [
    'a malformed locale',
    'PUT',
    '/v1/customers/ana',
    customer({ locale: 'German' }),
    400,
    'invalid-request',
    ['locale'],
  ],
  [
    'a consent for an unknown purpose',
    'POST',
    '/v1/customers/ana/consents',
    customer({ channel: 'email', purpose: 'marketting', granted: true, source: 'x' }),
    422,
    'unknown-name',
    ['purpose'],
    /^Did you mean 'marketing'\?$/,
  ],
  [
    'a consent without a source',
    'POST',
    '/v1/customers/ana/consents',
    customer({ channel: 'email', purpose: 'marketing', granted: 'true' }),
    400,
    'invalid-request',
    ['granted', 'source'],
  ],
  [
    'a consent of nobody',
    'POST',
    '/v1/customers/nobody/consents',
    customer({ channel: 'email', purpose: 'marketing', granted: true, source: 'x' }),
    404,
    'not-found',
    [],
  ],
  [
    'a stop of nobody',
    'POST',
    '/v1/customers/nobody/suppressions',
    customer({ channel: 'all', reason: 'x' }),
    404,
    'not-found',
    [],
  ],
  [
    'a stop on no channel',
    'POST',
    '/v1/customers/ana/suppressions',
    customer({ channel: 'fax', reason: ' ' }),
    400,
    'invalid-request',
    ['channel', 'reason'],
  ],
  [
    'a kill switch for an unknown journey',
    'PUT',
    '/v1/kill-switches/journey:oferr',
    customer({ reason: 'x' }),
    422,
    'unknown-name',
    ['path.scope'],
    /^Did you mean 'offer'\?$/,
  ],
  [
    'a kill switch for an unknown channel',
    'PUT',
    '/v1/kill-switches/channel:fax',
    customer({ reason: 'x' }),
    400,
    'invalid-request',
    ['path.scope'],
  ],
  ['an unknown state of enrolments', 'GET', '/v1/enrolments?state=done', {}, 400, 'invalid-request', ['query.state']],
];

describe('Bad input', () => {
  it.each(table)('%s is one clear problem, and nothing changes', async (...row) => {
    const [, method, url, call, status, code, fields, mend] = row;
    const before = await rowsOf(api.db);
    const customerBefore = await api.db.selectFrom('customers').selectAll().execute();
    const answer = await api.call(method, url, call);
    expect(answer).toMatchObject({ status, body: { code, status } });
    const { faults } = answer.body as { faults: { field: string; expected: string; mend: string }[] };
    expect(faults.map((fault) => fault.field)).toEqual(fields);
    for (const fault of faults) expect(fault.mend.length * fault.expected.length).toBeGreaterThan(0);
    if (mend) expect(faults[0]?.mend).toMatch(mend);
    expect(await rowsOf(api.db)).toEqual(before);
    expect(await api.db.selectFrom('customers').selectAll().execute()).toEqual(customerBefore);
  });
});

describe('Publishing what has faults', () => {
  type Steps = Record<string, Record<string, unknown>>;
  const spoilt: [string, (bundle: Bundle) => void, RegExp[]][] = [
    [
      'an unknown template',
      ({ journeys }) => void ((stepsOf(journeys, 'starter')['arrived'] ??= {})['say'] = 'inquiry-arived'),
      [/inquiry-arived/],
    ],
    [
      'an unknown team',
      ({ journeys }) => void ((stepsOf(journeys, 'starter')['forgotten'] ??= {})['team'] = 'car'),
      [/'car'/],
    ],
    [
      'a way to an unknown step',
      ({ journeys }) => void ((stepsOf(journeys, 'starter')['arrived'] ??= {})['next'] = 'our-anser'),
      [/our-anser/],
    ],
    [
      'a malformed duration',
      ({ journeys }) => void ((stepsOf(journeys, 'starter')['our-answer'] ??= {})['until'] = '1 busines day'),
      [/1 busines day/],
    ],
    [
      'several at once',
      ({ journeys }) => {
        (stepsOf(journeys, 'starter')['arrived'] ??= {})['say'] = 'inquiry-arived';
        (stepsOf(journeys, 'starter')['forgotten'] ??= {})['team'] = 'car';
      },
      [/inquiry-arived/, /'car'/],
    ],
    ['words of another form', ({ words }) => void (words['teams'] = []), [/teams/]],
  ];
  const stepsOf = (journeys: Bundle['journeys'], name: string): Steps =>
    journeys.find(({ definition }) => definition['name'] === name)?.definition['steps'] as Steps;

  it.each(spoilt)('is refused: %s', async (_what, spoil, says) => {
    const before = await rowsOf(api.db);
    const bundle = await samples();
    spoil(bundle);
    const answer = await api.call('POST', '/v1/journeys', { body: bundle });
    expect(answer).toMatchObject({ status: 422, body: { code: 'unsound-journey' } });
    const { faults } = answer.body as { faults: { problem: string; mend: string; field: string }[] };
    for (const pattern of says)
      expect(faults.some((fault) => pattern.test(`${fault.problem} ${fault.mend}`))).toBe(true);
    expect(await rowsOf(api.db)).toEqual(before);
  });
  it('is refused: what only a walk through it finds, with the story of one customer', async () => {
    const before = await rowsOf(api.db);
    const bundle = await samples();
    delete stepsOf(bundle.journeys, 'year-in-review')['review']?.['prefer'];
    const at = bundle.journeys.findIndex(({ definition }) => definition['name'] === 'year-in-review');
    const answer = await api.call('POST', '/v1/journeys', { body: bundle });
    expect(answer).toMatchObject({ status: 422, body: { code: 'unsound-journey', faults: [{}] } });
    const { faults } = answer.body as { faults: { field: string; problem: string; story: string[] }[] };
    expect(faults[0]?.field).toBe(`journeys.${String(at)}.definition.steps.review`);
    expect(faults[0]?.problem).toMatch(/flood-area|bereavement/);
    expect(faults[0]?.story.length).toBeGreaterThan(0);
    expect(await rowsOf(api.db)).toEqual(before);
  });
  it('is refused: another definition under a version that is published', async () => {
    const before = await rowsOf(api.db);
    const bundle = await samples();
    const [first] = bundle.journeys;
    if (first) Object.assign(first, { version: 1, definition: { ...first.definition, story: 'Another.' } });
    const answer = await api.call('POST', '/v1/journeys', { body: bundle });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'definition-changed', faults: [{ field: 'journeys.0.version', value: '1' }] },
    });
    expect(await rowsOf(api.db)).toEqual(before);
  });
  it('is refused: a part of it named twice or not at all', async () => {
    const answer = await api.call('POST', '/v1/journeys', { body: { words: {}, journeys: [] } });
    expect(answer).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'policy' }, { field: 'templates' }, { field: 'journeys' }] },
    });
  });
});
