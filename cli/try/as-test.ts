/** A try as a test that can be kept: what was done, and after each deed what came of it. */
import { dateOf, wallDay } from '../../core/calendar/zone.ts';
import { shortInstant, zoneOf, type Act, type Setting, type Sim } from '../../core/simulate/simulate.ts';
import { simNow, type Session } from './session.ts';

export function asTest(session: Session): string {
  const { setting, begun, done } = session;
  const name = setting.journey.name;
  const variable = name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const over = simNow(session).run?.ended?.as;
  const lines = done.flatMap(({ act, before, after }) => [call(setting, act, before), ...expectations(before, after)]);
  return [
    `import { story, testing } from 'righttouch/test';`,
    `import { justEnough } from './policy.js';`,
    `import { ${variable} } from './${name}.js';`,
    `import { words } from './words.js';`,
    ``,
    `const test = testing({ words, policy: justEnough });`,
    ``,
    `await story(${quoted(over === undefined ? `${name}, as it was tried` : `${name} ends: ${over}`)}, () => {`,
    `  test(${variable})`,
    `    .as({ zone: ${begun.row.gates.zone === null ? 'null' : quoted(begun.row.gates.zone)}, fields: ${data(begun.customer.fields)} })`,
    `    .on(${quoted(instant(setting, begun))})`,
    ...lines.map((line) => `    ${line}`),
  ]
    .join('\n')
    .concat(';\n});\n');
}

function call(setting: Setting, act: Act, before: Sim): string {
  switch (act.do) {
    case 'event':
      return `.hears(${quoted(act.event)}, ${data(act.data)})`;
    case 'enter':
      return '.enters()';
    case 'reply':
      return `.replies(${act.channel === undefined ? '' : quoted(act.channel)})`;
    case 'silence':
      return '.silence()';
    case 'next':
      return '.next()';
    case 'until':
      return `.on(${quoted(instant(setting, { ...before, now: act.at }))})`;
    case 'claim':
      return '.personTakes()';
    case 'answer':
      return '.personAnswers()';
    case 'decide':
      return `.personDecides(${quoted(act.outcome)})`;
    case 'system':
      return `.systemAnswers(${quoted(act.answer)})`;
    case 'conversation':
      return `.conversationEnds(${quoted(act.outcome)})`;
    case 'guard':
      return `.under(${quoted(act.fact)})`;
    case 'lift':
      return `.noLongerUnder(${quoted(act.fact)})`;
    case 'checked':
      return `.checked(${quoted(act.assumption)})`;
    case 'zone':
      return `.movesTo(${act.zone === null ? 'null' : quoted(act.zone)})`;
    case 'fields':
      return `.known(${data(act.fields)})`;
    case 'consent':
      return `.${act.granted ? 'consents' : 'declines'}(${quoted(act.purpose)}, ${quoted(act.channel)})`;
    case 'stop':
      return `.saysStop(${act.channel === 'all' ? '' : quoted(act.channel)})`;
    case 'kill':
      return `.killed(${quoted(act.scope)})`;
    case 'spend':
      return `.touchedElsewhere(${quoted(act.purpose)}, ${quoted(act.channel)})`;
    case 'provider':
      return `.nextMessage(${quoted(act.next)})`;
    case 'systems':
      return `.given(${quoted(act.system)}, ${quoted(act.answer)})`;
    case 'cancel':
      return '.cancelled()';
  }
}

/** What is new after it: messages, people who are asked, and the end. */
function expectations(before: Sim, after: Sim): string[] {
  const was = new Map(before.touches.map((touch) => [touch.id, touch.state]));
  const changed = after.touches.filter(({ id, state }) => was.get(id) !== state).toSorted((a, b) => a.at - b.at);
  const touches = changed.flatMap(({ say, state, channel, asks }) => {
    const gate = asks.at(-1)?.explanation?.gate ?? null;
    const by = gate === null ? '' : `, ${quoted(gate)}`;
    if (state === 'sent' || state === 'unknown')
      return [`.expectTouch(${quoted(say)}, { by: ${quoted(channel ?? 'email')} })`];
    if (state === 'waits') return [`.expectWaiting(${quoted(say)}${by})`];
    return state === 'dropped' ? [`.expectStopped(${quoted(say)}${by})`] : [];
  });
  const known = new Set(before.tasks.flatMap(({ reasons }) => reasons.map(({ id }) => id)));
  const people = after.tasks
    .filter(({ state }) => state !== 'done')
    .flatMap(({ askedTeam, reasons }) =>
      reasons
        .filter(({ id }) => !known.has(id))
        .map(({ because }) => `.expectPerson(${quoted(askedTeam)}, ${quoted(because)})`),
    );
  const ended = before.run?.ended ? null : (after.run?.ended?.as ?? null);
  return [...touches, ...people, ...(ended === null ? [] : [`.expectOver(${quoted(ended)})`])];
}

/** '2026-03-06 16:55', on the customer's clock. */
function instant(setting: Setting, sim: Pick<Sim, 'now' | 'row'>): string {
  const zone = zoneOf(setting, sim);
  const { now } = sim;
  return `${dateOf(wallDay(zone, now).day)} ${shortInstant(now, zone).slice(-5)}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
const isName = /^[A-Za-z_$][\w$]*$/;
function data(record: Readonly<Record<string, unknown>>): string {
  const fields = Object.entries(record).map(
    ([name, value]) =>
      `${isName.test(name) ? name : quoted(name)}: ${typeof value === 'string' ? quoted(value) : JSON.stringify(value)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
