import { describe, expect, test } from '@jest/globals';
import { renderTemplate, type TemplateInput, variablesOf } from '../../channels/templates.ts';

const dueAt = Date.UTC(2026, 10, 24, 16, 0);
const input = (body: string, some: Partial<TemplateInput> = {}): TemplateInput => ({
  name: 'inquiry-arrived',
  body,
  variables: {
    customer: { firstName: 'Ana', items: ['a', 'b'] },
    promise: { dueAt },
    rightWay: 'This is the right place.',
  },
  locale: 'en',
  zone: 'Europe/Berlin',
  ...some,
});
const say = (body: string, some: Partial<TemplateInput> = {}) => {
  const rendered = renderTemplate(input(body, some));
  return rendered.ok ? rendered.text : rendered.problem;
};

test('a template says when, on the customer’s clock', () => {
  expect(
    say('Hello {{ customer.firstName }}, you hear from us by {{ promise.dueAt | day_and_time }}.\n{{ rightWay }}\n'),
  ).toBe('Hello Ana, you hear from us by Tuesday, 24 November, 17:00.\nThis is the right place.');
});

test.each([
  ['en', 'Europe/Berlin', 'Tuesday, 24 November, 17:00 / Tuesday, 24 November / 17:00'],
  ['de', 'Europe/Berlin', 'Dienstag, 24. November, 17:00 / Dienstag, 24. November / 17:00'],
  ['en-US', 'America/New_York', 'Tuesday, November 24, 11:00 AM / Tuesday, November 24 / 11:00 AM'],
  ['en', 'Asia/Tokyo', 'Wednesday, 25 November, 01:00 / Wednesday, 25 November / 01:00'],
])('an instant in %s and %s', (locale, zone, expected) => {
  const body = '{{ promise.dueAt | day_and_time }} / {{ promise.dueAt | day }} / {{ promise.dueAt | time }}';
  expect(say(body, { locale, zone }).replaceAll('\u202f', ' ')).toBe(expected);
});

test('a moment of an event and a day of the record are said as they are meant there', () => {
  const variables = {
    'appointment-set': { startsAt: '2026-11-24T17:00:00+01:00' },
    customer: { renewsOn: '2026-12-24' },
  };
  const at = (body: string) => say(body, { variables, zone: 'America/Los_Angeles' });
  expect(at('{{ appointment-set.startsAt | day_and_time }}')).toBe('Tuesday, 24 November, 08:00');
  // A calendar day is the same one wherever they are.
  expect(at('{{ customer.renewsOn | day }}')).toBe('Thursday, 24 December');
  expect(at('{{ customer.renewsOn | day_and_time }}')).toMatch(/a calendar day, which has no time: use 'day'/);
});

test('a subject is one line, and HTML escapes what variables say', () => {
  const variables = { customer: { firstName: '<b>Ana</b>\r\nBcc: eve@example.org' } };
  const subject = 'For {{ customer.firstName }}';
  const html = '<p>{{ customer.firstName }}</p>';
  expect(renderTemplate(input('Hi {{ customer.firstName }}', { subject, html, variables }))).toEqual({
    ok: true,
    subject: 'For <b>Ana</b> Bcc: eve@example.org',
    text: 'Hi <b>Ana</b>\r\nBcc: eve@example.org',
    html: '<p>&lt;b&gt;Ana&lt;/b&gt;\r\nBcc: eve@example.org</p>',
  });
});

describe('problems name the template, the variable and what there is', () => {
  const there = 'customer.firstName, customer.items, promise.dueAt, rightWay';
  test.each([
    [
      '{{ customer.fistName }}',
      `Template 'inquiry-arrived' says 'customer.fistName', which is not there. It may say: ${there}.`,
    ],
    ['{{ nobody }}', `Template 'inquiry-arrived' says 'nobody', which is not there. It may say: ${there}.`],
  ])('%s', (body, problem) => {
    expect(say(body)).toBe(problem);
  });

  test.each([
    ['a day that is none', '{{ rightWay | day }}', /say an instant, such as promise.dueAt/],
    ['a filter that is none', '{{ rightWay | shout }}', /undefined filter: shout/],
    ['the clock', '{{ "now" | date: "%Y" }}', /'date' is not for templates: use 'day_and_time'/],
    ['a whole record', '{{ customer | json }}', /'json' is not for templates/],
    ['a record', '{{ customer }}', /a whole record cannot be said/],
    ['another file', '{% include "x" %}', /'include' reads another file/],
    ['a file of the machine', '{% render "/etc/passwd" %}', /'render' reads another file/],
    ['a layout', '{% layout "x" %}', /'layout' reads another file/],
    ['no Liquid', '{% if %}', /not closed|invalid|illegal/],
    ['a long range', '{% for i in (1..100000000) %}x{% endfor %}', /limit/],
    ['a long loop', '{% for i in (1..9000) %}{% for j in (1..9000) %}{{ i }}{% endfor %}{% endfor %}', /limit/],
    ['a growing text', `{% assign s = "xxxxxxxxxx" %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s }}`, /limit/],
    ['a long template', 'x'.repeat(60_000), /limit/],
    [
      'a long text',
      '{% for i in (1..2000) %}{{ rightWay }}{{ rightWay }}{{ rightWay }}{% endfor %}',
      /more than 100000 characters/,
    ],
  ])('%s', (_case, body, problem) => {
    const started = performance.now();
    expect(say(body)).toMatch(problem);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

test.each([
  '{{ customer.__proto__ }}',
  '{{ customer.constructor }}',
  '{{ customer.constructor.name }}',
  '{{ customer["constructor"]["prototype"] }}',
  '{{ customer.prototype }}',
  '{{ customer.toString }}',
  '{{ customer.hasOwnProperty }}',
  '{{ customer.items.constructor }}',
  '{{ customer.items.push }}',
  '{{ rightWay.constructor }}',
  '{{ promise.dueAt.constructor }}',
  '{{ __proto__ }}',
  '{{ constructor }}',
  '{{ this }}',
  '{{ globalThis.process }}',
  '{{ process.env }}',
  '{% assign k = "__proto__" %}{{ customer[k] }}',
  '{{ customer.items | map: "constructor" }}',
  '{{ customer.items | map: "__proto__" }}',
  '{{ customer.items | where: "constructor" }}',
  '{{ customer.items | sum: "__proto__" }}',
  '{% for p in customer.__proto__ %}{{ p }}{% endfor %}',
  '{% assign __proto__ = "x" %}{{ customer.x }}',
])('%s reads nothing of a prototype', (body) => {
  const rendered = renderTemplate(input(body));
  if (rendered.ok) expect(rendered.text).toMatch(/^0?$/);
  else expect(rendered.problem).toMatch(/which is not there|undefined variable/);
});

test('data with a __proto__ of its own changes no prototype', () => {
  const variables = JSON.parse('{"customer":{"__proto__":{"polluted":"yes"}}}') as Record<string, unknown>;
  say('{{ customer.firstName }}', { variables });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('methods of what is given are never called', () => {
  const called: string[] = [];
  const call = (name: string) => () => {
    called.push(name);
    return 'x';
  };
  const customer = {
    name: call('name'),
    toString: call('toString'),
    toLiquid: call('toLiquid'),
    valueOf: call('valueOf'),
  };
  for (const body of [
    '{{ customer.name }}',
    '{{ customer }}',
    '{{ customer | append: "x" }}',
    '{% if customer > 1 %}x{% endif %}',
  ]) {
    say(body, { variables: { customer } });
  }
  expect(called).toEqual([]);
});

test('the variables of a template are known without rendering it', () => {
  const body =
    '{% assign mine = 1 %}{{ mine }}{% if customer.plan == "gold" %}{{ promise.dueAt | day }}{% endif %}{% for i in items %}{{ i.name }}{% endfor %}';
  expect(variablesOf(body)).toEqual({ ok: true, variables: ['customer.plan', 'items', 'promise.dueAt'] });
  expect(variablesOf('{{ a | ')).toMatchObject({ ok: false, problem: expect.stringMatching(/not closed/) });
});
