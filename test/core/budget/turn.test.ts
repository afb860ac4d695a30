import { expect, test } from '@jest/globals';
import { isTurn } from '../../../core/budget/turn.ts';
import { noon, request, sent } from './fixtures.ts';

const minutes = 60_000;
const chat = (ago: number, over: Parameters<typeof sent>[1] = {}) => sent(noon - ago, { channel: 'chat', ...over });

test.each([
  ['somebody who wrote just now', { answersInboundAt: noon }, [], true],
  ['somebody who wrote ten minutes ago', { answersInboundAt: noon - 10 * minutes }, [], true],
  ['somebody who wrote longer ago', { answersInboundAt: noon - 10 * minutes - 1 }, [], false],
  ['an advertisement to them', { answersInboundAt: noon, purpose: 'marketing' }, [], false],
  ['nobody', {}, [], false],
  ['a chat session that goes on', { channel: 'chat' }, [chat(10 * minutes)], true],
  ['one that nobody knows to have reached them', { channel: 'chat' }, [chat(minutes, { state: 'unknown' })], true],
  ['one that is over', { channel: 'chat' }, [chat(10 * minutes + 1)], false],
  ['one that has not begun', { channel: 'chat' }, [chat(-minutes, { state: 'reserved' })], false],
  ['a session that nobody has begun', { channel: 'chat' }, [], false],
  ['a session, whatever else they were sent', { channel: 'chat' }, [chat(minutes), sent(noon - 1)], true],
  ['an advertisement in a session', { channel: 'chat', purpose: 'marketing' }, [chat(minutes)], false],
  ['a chat after an e-mail', { channel: 'chat' }, [sent(noon - minutes)], false],
  ['an e-mail during a session', { channel: 'email' }, [chat(minutes)], false],
] as const)('an answer to %s', (_, asked, recent, expected) => {
  expect(isTurn(request({ purpose: 'service', ...asked }), recent, noon)).toBe(expected);
});
