/** What may be said in a try. One word and what it takes; a beginning of the word is enough where it is the only one. */
import { channels, type Channel } from '../../core/journey/channels.ts';
import { eventFields } from '../../core/journey/known-names.ts';
import {
  readAfter,
  readValues,
  readWhen,
  sampleData,
  zoneOf,
  type Act,
  type Setting,
  type Sim,
} from '../../core/simulate/simulate.ts';

export interface Word {
  readonly word: string;
  readonly takes: string;
  readonly says: string;
}
/** In the order in which help shows them. */
export const words: readonly Word[] = [
  { word: 'event', takes: 'NAME [field=value …]', says: 'it happens; what is not said of it is made up' },
  { word: 'enter', takes: '', says: 'it begins, where a date or an audience begins it' },
  { word: 'reply', takes: '[CHANNEL]', says: 'the customer writes to us' },
  { word: 'silence', takes: '', says: 'nobody says anything until the wait at hand is over' },
  { word: 'next', takes: '', says: 'on to the next instant at which anything happens' },
  { word: 'after', takes: 'SPAN', says: "time goes by: '2 days', '4 business hours', 'next 09:00'" },
  { word: 'on', takes: 'INSTANT', says: "time goes on until 'Fri 16:55' or '2026-03-06 16:55'" },
  { word: 'take', takes: '', says: 'a person takes the task: what is automated and no service waits' },
  { word: 'answer', takes: '', says: 'a person answers the customer' },
  { word: 'decide', takes: 'OUTCOME', says: 'and decides what comes of it' },
  { word: 'system', takes: 'ANSWER', says: 'the other system that was asked answers' },
  { word: 'talk', takes: 'OUTCOME', says: 'the conversation that is open ends' },
  { word: 'guard', takes: 'NAME', says: 'the customer is under a guard, such as bereavement' },
  { word: 'lift', takes: 'NAME', says: 'the guard is lifted' },
  { word: 'check', takes: 'NAME', says: 'somebody looked: a text may assume it, such as home-is-fine' },
  { word: 'zone', takes: 'ZONE | unknown', says: 'they are in another zone' },
  { word: 'know', takes: 'field=value …', says: 'we know more of them' },
  { word: 'decline', takes: 'PURPOSE CHANNEL', says: 'they do not want it' },
  { word: 'consent', takes: 'PURPOSE CHANNEL', says: 'they do' },
  { word: 'stop', takes: '[CHANNEL]', says: 'they say STOP' },
  { word: 'spend', takes: 'PURPOSE CHANNEL', says: 'another journey touches them' },
  { word: 'provider', takes: 'failed | unknown', says: 'what becomes of the next message' },
  { word: 'kill', takes: '[SCOPE]', says: 'the kill switch: all, journey:NAME, channel:NAME' },
  { word: 'cancel', takes: '', says: 'the run is cancelled' },
  { word: 'state', takes: '', says: 'where they stand, and what it waits for' },
  { word: 'budget', takes: '', says: 'what the windows hold' },
  { word: 'why', takes: '', says: 'why the last message went, waits or was stopped' },
  { word: 'message', takes: '', says: 'the last message, as it was written' },
  { word: 'story', takes: '', says: 'everything so far' },
  { word: 'undo', takes: '', says: 'as if the last thing had not happened' },
  { word: 'test', takes: '', says: 'this try as a test, to be kept' },
  { word: 'help', takes: '', says: 'these words' },
  { word: 'quit', takes: '', says: 'enough' },
];
export const views = ['state', 'budget', 'why', 'message', 'story', 'undo', 'test', 'help', 'quit'] as const;
export type View = (typeof views)[number];

export type Meant =
  | { readonly is: 'act'; readonly act: Act }
  | { readonly is: 'view'; readonly view: View }
  | { readonly is: 'nothing' }
  | { readonly is: 'unclear'; readonly problem: string };

/** What a line means here and now. Lines that begin with # are notes. */
export function meant(line: string, setting: Setting, sim: Sim): Meant {
  const [said = '', ...rest] = line.trim().split(/\s+/);
  if (said === '' || said.startsWith('#')) return { is: 'nothing' };
  const fit = words.filter(({ word }) => word.startsWith(said.toLowerCase()));
  const word = words.find((w) => w.word === said.toLowerCase()) ?? (fit.length === 1 ? fit[0] : undefined);
  if (!word) {
    const could =
      fit.length > 1 ? `It could be ${fit.map((w) => w.word).join(' or ')}.` : "Say 'help' to see the words.";
    return unclear(`'${said}' is not understood. ${could}`);
  }
  const view = views.find((v) => v === word.word);
  if (view) return { is: 'view', view };
  const read = actOf(word.word, rest, setting, sim);
  return typeof read === 'string' ? unclear(read) : { is: 'act', act: read };
}
const unclear = (problem: string): Meant => ({ is: 'unclear', problem });

function actOf(word: string, rest: readonly string[], setting: Setting, sim: Sim): Act | string {
  const [first = '', second = ''] = rest;
  const all = rest.join(' ');
  switch (word) {
    case 'event':
      return eventOf(first, rest.slice(1), setting, sim);
    case 'reply':
      return first === '' ? { do: 'reply' } : onChannel(first, (channel) => ({ do: 'reply', channel }));
    case 'after': {
      const at = readAfter(setting, sim, all);
      return at === null ? `'${all}' is no time. It reads like '2 days' or '1 business day'.` : { do: 'until', at };
    }
    case 'on': {
      const at = readWhen(all, zoneOf(setting, sim), sim.now);
      return at === null ? `'${all}' is no instant. It reads like 'Fri 16:55'.` : { do: 'until', at };
    }
    case 'decide':
      return all === '' ? 'What do they decide? Say it: decide answered.' : { do: 'decide', outcome: all };
    case 'system':
      return all === '' ? 'What does it answer?' : { do: 'system', answer: all };
    case 'talk':
      return all === '' ? 'How does it end?' : { do: 'conversation', outcome: all };
    case 'guard':
      return { do: 'guard', fact: first };
    case 'lift':
      return { do: 'lift', fact: first };
    case 'check':
      return { do: 'checked', assumption: first };
    case 'zone':
      return { do: 'zone', zone: first === 'unknown' ? null : first };
    case 'know': {
      const fields = readValues(rest, setting.words.customer);
      return typeof fields === 'string' ? fields : { do: 'fields', fields };
    }
    case 'decline':
    case 'consent':
      return onChannel(second, (channel) => ({ do: 'consent', purpose: first, channel, granted: word === 'consent' }));
    case 'spend':
      return onChannel(second, (channel) => ({ do: 'spend', purpose: first, channel }));
    case 'stop':
      return first === '' ? { do: 'stop', channel: 'all' } : onChannel(first, (channel) => ({ do: 'stop', channel }));
    case 'provider':
      return first === 'failed' || first === 'unknown' || first === 'sent'
        ? { do: 'provider', next: first }
        : `'${first}' is no outcome of a message. Say failed or unknown.`;
    case 'kill':
      return killOf(first);
    case 'take':
      return { do: 'claim' };
    default:
      return { do: word as 'enter' | 'silence' | 'next' | 'answer' | 'cancel' };
  }
}

function eventOf(name: string, written: readonly string[], setting: Setting, sim: Sim): Act | string {
  const known = eventFields(setting.words);
  const fields = Object.hasOwn(known, name) ? (known[name] ?? {}) : {};
  const given = readValues(written, fields);
  if (typeof given === 'string') return given;
  return { do: 'event', event: name, data: sampleData(fields, given, sim.now) };
}

function onChannel(said: string, act: (channel: Channel) => Act): Act | string {
  return isChannel(said) ? act(said) : `'${said}' is no channel. There are email, sms, whatsapp, voice, push and chat.`;
}

function killOf(scope: string): Act | string {
  if (scope === '' || scope === 'all') return { do: 'kill', scope: 'all' };
  if (/^journey:./.test(scope)) return { do: 'kill', scope: scope as `journey:${string}` };
  if (/^channel:./.test(scope)) return { do: 'kill', scope: scope as `channel:${string}` };
  return `'${scope}' is no scope. Say all, journey:NAME or channel:NAME.`;
}

const isChannel = (said: string): said is Channel => channels.some((channel) => channel === said);
