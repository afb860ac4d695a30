import { expect, test } from '@jest/globals';
import { readAddress } from '../../channels/address.ts';
import { countSegments } from '../../channels/segments.ts';

test.each([
  ['ana@example.com', 'ana@example.com'],
  [' Ana.B+x@Example.COM ', 'ana.b+x@example.com'],
  ['ana@müller.example', 'ana@xn--mller-kva.example'],
])('e-mail %j', (raw, address) => {
  expect(readAddress('email', raw)).toEqual({ ok: true, address });
});

test.each([
  '',
  'ana',
  '@example.com',
  'ana@',
  'ana@localhost',
  'a@b@example.com',
  'Ana <ana@example.com>',
  'a@example.com,b@example.com',
  'a@example.com\r\nBcc: b@example.com',
  'a b@example.com',
  'a@exa mple.com',
  `${'a'.repeat(250)}@example.com`,
])('no e-mail address: %j', (raw) => {
  expect(readAddress('email', raw)).toMatchObject({ ok: false, problem: expect.stringContaining('name@example.com') });
});

test.each([
  ['+49 171 3920012', undefined, '+491713920012'],
  ['0171 / 392 00 12', 'DE', '+491713920012'],
  ['0171 3920012', 'de', '+491713920012'],
  ['(202) 555-0143', 'US', '+12025550143'],
  ['+1 202 555 0143', 'DE', '+12025550143'],
])('phone %j in %s', (raw, country, address) => {
  expect(readAddress('sms', raw, country)).toEqual({ ok: true, address });
});

test.each([
  ['0171 3920012', undefined, /with its country/],
  ['+49 17', undefined, /too short|No such number/],
  ['+49 171 39200123456789', undefined, /too long|No such number/],
  ['hello', 'DE', /looks like/],
  ['call +49 171 3920012', undefined, /looks like|with its country/],
  ['+49 30 901820', undefined, /landline/],
  ['+49 900 1123456', undefined, /premium rate/],
  ['+1 800 555 0199', undefined, /toll free/],
  ['+49 171 3920012 ext. 5', undefined, /extension/],
  ['+49 171 3920012', 'XX', /No country has the code 'XX'/],
])('no number for texts: %j in %s', (raw, country, problem) => {
  const read = readAddress('sms', raw, country);
  expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  expect(JSON.stringify(read)).not.toContain('3920012');
});

test('a landline takes calls', () => {
  expect(readAddress('voice', '+49 30 901820')).toEqual({ ok: true, address: '+4930901820' });
});

test.each([
  ['', 'GSM-7', 1],
  ['a'.repeat(160), 'GSM-7', 1],
  ['a'.repeat(161), 'GSM-7', 2],
  ['a'.repeat(306), 'GSM-7', 2],
  ['a'.repeat(307), 'GSM-7', 3],
  ['€'.repeat(80), 'GSM-7', 1],
  ['€'.repeat(81), 'GSM-7', 2],
  ['€'.repeat(153), 'GSM-7', 3],
  ['ä'.repeat(160), 'GSM-7', 1],
  [`${'a'.repeat(69)}ł`, 'UCS-2', 1],
  [`${'a'.repeat(70)}ł`, 'UCS-2', 2],
  ['👍'.repeat(35), 'UCS-2', 1],
  ['👍'.repeat(36), 'UCS-2', 2],
  ['👍'.repeat(66), 'UCS-2', 2],
  ['👍'.repeat(67), 'UCS-2', 3],
] as const)('%j, %s, %d', (text, encoding, segments) => {
  expect(countSegments(text)).toEqual({ encoding, segments });
});
