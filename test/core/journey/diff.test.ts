import { beforeAll, describe, expect, it, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadProject } from '../../../cli/load-project.ts';
import { difference, type Whole } from '../../../core/journey/diff/difference.ts';
import { lineChanges } from '../../../core/journey/diff/texts.ts';
import type { TableStep } from '../../../core/journey/table-steps.ts';
import type { Journey } from '../../../core/journey/table.ts';
import type { Template } from '../../../core/journey/template.ts';

let samples: readonly Whole[];
let whole: Whole;
beforeAll(async () => {
  const { words, policy, templates, journeys } = await loadProject(
    fileURLToPath(new URL('../../../journeys/', import.meta.url)),
  );
  samples = journeys.map((journey) => ({ journey, words, policy, templates }));
  const [first] = samples;
  if (!first) throw new Error('there is no sample');
  whole = { ...first, journey: small };
});

const reminding: TableStep = {
  kind: 'listen',
  until: '2 days',
  next: 'end:finished',
  goes: { 'customer-replied': 'end:finished', silence: 'chase' },
};
const chase: TableStep = {
  kind: 'touch',
  team: 'care',
  madeBy: 'tech',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: ['email'],
  fate: 'drop',
  say: 'still-there',
  next: 'call',
  prefer: [
    { because: 'key clients', when: { path: 'customer.keyClient', is: [true] }, madeBy: 'human', within: '1 day' },
  ],
};
const call: TableStep = {
  kind: 'escalate',
  team: 'care',
  because: 'Nobody has answered',
  within: '4 business hours',
  next: 'end:finished',
  goes: { called: 'end:finished', nobody: 'end:lost' },
};
const small: Journey = {
  format: 1,
  name: 'small',
  team: 'care',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  exits: { 'inquiry-closed': 'closed' },
  start: 'remind',
  anyTime: {},
  steps: {
    remind: reminding,
    chase,
    call,
    'end:lost': { kind: 'end', as: 'lost', next: null },
    'end:finished': { kind: 'end', as: 'finished', next: null },
  },
  expect: [],
};

const withSteps = (steps: Partial<Record<string, TableStep | null>>): Whole => ({
  ...whole,
  journey: {
    ...small,
    steps: Object.fromEntries(
      Object.entries({ ...small.steps, ...steps }).flatMap(([id, step]) => (step ? [[id, step] as const] : [])),
    ),
  },
});
const told = (after: Whole, before = whole): string[] =>
  difference(before, after).map(({ kind, says }) => `${kind}: ${says}`);

describe('the difference of two versions', () => {
  it('says how long customers now wait, in words', () => {
    expect(told(withSteps({ remind: { ...reminding, until: '3 days' } }))).toEqual([
      'changed: Customers at *remind* will now wait 3 days instead of 2.',
    ]);
    expect(told(withSteps({ remind: { ...reminding, until: '1 day before appointment-set.startsAt' } }))).toEqual([
      'changed: Customers at *remind* will now wait until 1 day before appointment-set.startsAt instead of 2 days.',
    ]);
  });

  it('takes a renamed step for one that is gone and one that is new', () => {
    const renamed = { ...reminding, goes: { ...reminding.goes, silence: 'nudge' } };
    expect(told(withSteps({ remind: renamed, chase: null, nudge: chase }))).toEqual([
      "gone: Gone: *chase*, a message, 'still-there', by email.",
      "new: New: *nudge*, a message, 'still-there', by email.",
      'changed: After silence at *remind* comes *nudge* instead of *chase*.',
    ]);
  });

  it('calls other words for reasons, choices, rules, endings and exits a change of wording', () => {
    const { called: was, ...others } = call.goes;
    const rule = { ...chase.prefer![0]!, because: 'our key clients' };
    const after = withSteps({
      call: { ...call, because: 'Still no answer', goes: { ...others, phoned: was!, nobody: 'end:given-up' } },
      chase: { ...chase, prefer: [rule] },
      'end:lost': null,
      'end:given-up': { kind: 'end', as: 'given-up', next: null },
    });
    const reworded = { ...after, journey: { ...after.journey, exits: { 'inquiry-closed': 'done' } } };
    expect(told(reworded)).toEqual([
      "wording: A change of wording: what has come of it when inquiry-closed happens is now called 'done' instead of 'closed'.",
      "wording: A change of wording: the ending 'lost' is now called 'given-up'.",
      "wording: A change of wording: the rule 'key clients' of *chase* is now called 'our key clients'.",
      "wording: A change of wording: people at *call* now read 'Still no answer' instead of 'Nobody has answered'.",
      "wording: A change of wording: the choice 'called' of *call* is now called 'phoned'.",
    ]);
  });

  it('says who makes a touch, how it goes, and what becomes of it', () => {
    expect(
      told(
        withSteps({
          chase: { ...chase, madeBy: 'human', within: '1 day', reach: ['sms', 'email'], fate: 'toHuman', prefer: [] },
        }),
      ),
    ).toEqual([
      'changed: *chase* is now made by a person instead of tech.',
      'changed: *chase* now goes by sms, then email instead of email.',
      'changed: If *chase* may not go out, it will now go to a person instead of be dropped.',
      "changed: *chase*: 'within' is now '1 day' instead of nothing.",
      "changed: *chase* no longer has the rule 'key clients'.",
    ]);
  });

  it('shows the lines of a template that changed, and no template that the journey does not say', () => {
    const change = (t: Template, more: Partial<Template>): Template => ({ ...t, ...more });
    const templates = whole.templates.map((t) =>
      t.name === 'still-there'
        ? change(t, { body: `${t.body.trimEnd()}\nYours, RightTouch\n` })
        : change(t, { body: 'x' }),
    );
    expect(difference(whole, { ...whole, templates })).toEqual([
      {
        about: 'template',
        name: 'still-there.en',
        kind: 'wording',
        says: "A change of wording: the template 'still-there.en'.",
        lines: expect.arrayContaining(['+ Yours, RightTouch']),
      },
    ]);
  });

  it('names the parts of policy and words that changed', () => {
    const [window, ...windows] = whole.policy.windows;
    const policy = {
      ...whole.policy,
      maxSilence: '6 business hours',
      windows: [{ ...window!, atMost: 99 }, ...windows],
    };
    const words = { ...whole.words, causes: [...whole.words.causes, 'offer-taken'] };
    expect(told({ ...whole, policy, words })).toEqual([
      `changed: Policy: window '${window!.name}', 'atMost', is now 99 instead of ${String(window!.atMost)}.`,
      `changed: Policy: 'maxSilence' is now 6 business hours instead of ${whole.policy.maxSilence.replace(' business hours', '')}.`,
      "changed: Words: 'causes' now also has 'offer-taken'.",
    ]);
  });

  it('tells spacing and quiet hours by what they are about, and windows that are new, in words', () => {
    const policy = {
      ...whole.policy,
      cost: { ...whole.policy.cost, voice: { tech: 4, human: 2 } },
      classes: { campaigns: ['offer', 'renewal'] },
      windows: [
        ...whole.policy.windows,
        {
          name: 'campaigns a month',
          atMost: 4,
          in: 'calendar month',
          journeys: ['campaigns'],
          keep: { cost: 1, for: ['relationship'] },
          over: 'alert' as const,
          per: 'account' as const,
        },
      ],
      spacing: [
        { apart: '1 hour', purposes: ['service', 'relationship'] },
        { apart: '48 hours', purposes: ['marketing'] },
        { apart: '3 days', channels: ['voice' as const], per: 'address' as const },
      ],
      quiet: [
        { from: '22:00', to: '08:00', channels: ['sms', 'whatsapp', 'voice', 'push'] as const },
        { from: '20:00', to: '09:00', purposes: ['marketing'] },
        { from: '12:00', to: '13:00', on: ['Saturday', 'Sunday'] },
      ],
    };
    expect(told({ ...whole, policy })).toEqual([
      "new: Policy: 'classes' is new: campaigns 'offer' and 'renewal'.",
      "changed: Policy: the cost of 'voice' is now tech 4 and human 2 instead of 4.",
      "new: Policy: window 'campaigns a month' is new: at most 4 in a calendar month of 'campaigns' per account; of these, 1 are kept for relationship; it alerts and stops nothing.",
      'new: Policy: the spacing of touches by voice per address: 3 days, which is new.',
      'changed: Policy: the spacing of touches for marketing: now 48 hours instead of 36.',
      'changed: Policy: the spacing of touches of 1 hour: now for service and relationship instead of for service.',
      'gone: Policy: quiet hours by voice on Sunday: no longer 00:00–24:00.',
      'new: Policy: quiet hours on Saturday and Sunday: 12:00–13:00, which is new.',
      'changed: Policy: quiet hours by sms, whatsapp, voice and push: now 22:00–08:00 instead of 21:00–08:00.',
    ]);
  });

  it('is empty for the same, and never for another: each leaf of the samples, changed, is told', () => {
    const appointment = JSON.parse(
      readFileSync(new URL('./appointment.table.json', import.meta.url), 'utf8'),
    ) as Journey;
    let leaves = 0;
    for (const sample of [...samples, whole, { ...whole, journey: appointment }]) {
      expect(difference(sample, JSON.parse(JSON.stringify(sample)) as Whole)).toEqual([]);
      const said = new Set(
        JSON.stringify(sample.journey)
          .match(/"say":"[^"]+"/g)
          ?.map((s) => s.slice(7, -1)),
      );
      const ours = { ...sample, templates: sample.templates.filter(({ name }) => said.has(name)) };
      for (const [path, changed] of everyLeafChanged(ours)) {
        leaves += 1;
        if (difference(ours, changed as Whole).length === 0) throw new Error(`unseen: ${path}`);
      }
    }
    expect(leaves).toBeGreaterThan(500);
  });
});

test('lines that stay are not told', () => {
  expect(lineChanges(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual(['- b', '+ x', '+ e']);
  expect(lineChanges([], [])).toEqual([]);
});

function* everyLeafChanged(value: unknown, path = ''): Generator<readonly [path: string, changed: unknown]> {
  if (value === null || typeof value !== 'object') {
    // What every stored form says the same.
    if (path.endsWith('.format') || path === '.journey.name' || path.endsWith('.kind') || value === null) return;
    yield [path, typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : !value];
    return;
  }
  for (const [name, part] of Object.entries(value))
    for (const [at, changed] of everyLeafChanged(part, `${path}.${name}`))
      yield [
        at,
        Array.isArray(value)
          ? value.map((old: unknown, i) => (String(i) === name ? changed : old))
          : { ...value, [name]: changed },
      ];
}
