/**
 * Journeys, tested: what happens to one customer and what is expected to come of it, in any runner, in milliseconds and
 * without servers. It is the engine's own reducer, budget and calendars that decide.
 *
 *     const test = testing({ words, policy: justEnough });
 *     test(starter).as({ fields: { firstName: 'Ana' } }).on('Fri 16:55')
 *       .hears('inquiry-received', { topic: 'other' }).expectTouch('inquiry-arrived', { by: 'sms', saying: 'Ana' })
 *       .silence().expectPerson('care', 'Nobody has answered yet');
 */
import type { Policy } from '../core/budget/policy.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import type { Journey } from '../core/journey/table.ts';
import type { Template } from '../core/journey/template.ts';
import { settingOf } from './setting.ts';
import { templatesIn } from './templates-in.ts';
import { Tried } from './tried.ts';

export type { TouchExpected, Tried } from './tried.ts';
export type { Who } from './who.ts';
export { Untrue } from './untrue.ts';

export interface Project {
  readonly words: StoredWords;
  readonly policy: Policy;
  /** Templates, or the folder they are in; unless given, ./templates or ./journeys/templates. */
  readonly templates?: string | readonly Template[];
  /** Channels the company can send by; all, unless given. */
  readonly channels?: readonly Channel[];
}

/** One try of a journey; each call begins anew. */
export function test(journey: Journey, project: Project): Tried {
  const { words, policy, templates, channels } = project;
  return new Tried(
    settingOf(journey, {
      words,
      policy,
      templates: templates === undefined || typeof templates === 'string' ? templatesIn(templates) : templates,
      ...(channels === undefined ? {} : { channels }),
    }),
  );
}

/** The same for a whole project: its templates are read once. */
export function testing(project: Project): (journey: Journey) => Tried {
  let templates = project.templates;
  return (journey) => {
    if (templates === undefined || typeof templates === 'string') templates = templatesIn(templates);
    return test(journey, { ...project, templates });
  };
}

type Body = () => void | Promise<void>;
type Runner = (name: string, body: Body) => unknown;

/** A test of the runner at hand: its own `it`, if it has one, otherwise Node's. So a project's tests need no runner at all. */
export async function story(name: string, body: Body): Promise<void> {
  const { it } = globalThis as { readonly it?: Runner };
  const run: Runner = it ?? (await import('node:test')).test;
  await run(name, body);
}
