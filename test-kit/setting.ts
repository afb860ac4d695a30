/** From a project to what a simulated customer lives in: real policy, real calendars with their holidays, real rendering. */
import { renderTemplate } from '../channels/templates.ts';
import { readPolicy } from '../core/budget/read-policy.ts';
import type { Policy } from '../core/budget/policy.ts';
import { channels as allChannels, type Channel } from '../core/journey/channels.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import type { Journey } from '../core/journey/table.ts';
import { textsFor } from '../core/journey/template-for.ts';
import type { Template } from '../core/journey/template.ts';
import type { Setting } from '../core/simulate/simulate.ts';
import { calendarOf } from '../store/team-calendar.ts';

export interface SettingOf {
  readonly words: StoredWords;
  readonly policy: Policy;
  readonly templates: readonly Template[];
  /** Channels the company can send by; all, unless given. */
  readonly channels?: readonly Channel[];
}

export const settingOf = (
  journey: Journey,
  { words, policy, templates, channels = allChannels }: SettingOf,
): Setting => ({
  journey,
  words,
  policy: readPolicy(policy, 1),
  templates,
  channels,
  calendarOf: (team, at) => calendarOf(words, team, at),
  render: ({ template, channel, variables, locale, zone }) => {
    const said = renderTemplate({ ...textsFor(template, channel), variables, locale, zone });
    return said.ok ? { ok: true, message: { subject: said.subject, text: said.text } } : said;
  },
});
