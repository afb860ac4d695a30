import { describe, expect, it } from '@jest/globals';
import { pictureOf, toDot, toMermaid } from '../../../core/draw/draw.ts';
import type { TableStep } from '../../../core/journey/table-steps.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { inquiry } from '../../../journeys/inquiry.js';
import { starter } from '../../../journeys/starter.js';
import { everyVerb } from './every-verb.ts';

const words = (journey: Journey): string =>
  pictureOf(journey)
    .groups.flatMap(({ nodes, arrows }) => [
      ...nodes.flatMap(({ head, name = '', lines }) => [head, name, ...lines]),
      ...arrows.flatMap(({ says }) => says),
    ])
    .join('\n');

describe('A picture of a journey', () => {
  it.each([starter, inquiry, everyVerb].map((j): [string, Journey] => [j.name, j]))(
    'of %s has each step once, and says each of its outcomes',
    (_, journey) => {
      const { groups } = pictureOf(journey);
      const drawn = groups.flatMap(({ nodes }) => nodes.flatMap(({ name }) => name ?? []));
      const steps = Object.entries(journey.steps).filter(([, { kind }]) => kind !== 'end' && kind !== 'resume');
      expect(drawn.toSorted()).toEqual(steps.map(([id]) => id).toSorted());
      const said = words(journey);
      for (const [, step] of steps) for (const outcome of Object.keys(step.goes ?? {})) expect(said).toContain(outcome);
    },
  );
  it('leads no arrow to a shape that is not there', () => {
    for (const journey of [starter, inquiry, everyVerb])
      for (const { nodes, arrows } of pictureOf(journey).groups) {
        const ids = nodes.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of arrows) expect([ids.includes(from), ids.includes(to)]).toEqual([true, true]);
      }
  });
  it('names what each step is in words: neither shape nor colour alone says it', () => {
    const heads = pictureOf(everyVerb).groups.flatMap(({ nodes }) =>
      nodes.map(({ shape, head }) => `${shape}: ${head}`),
    );
    expect([...new Set(heads)].toSorted()).toEqual([
      'begin: BEGINS',
      'begin: WHEN',
      'choice: CHOOSE',
      'choice: TRY',
      'end: OVER',
      'exits: LEAVES AT ONCE',
      'jump: BACK',
      'jump: GO ON AT',
      'message: MESSAGE BY TECH',
      'note: NOTE TO US',
      'person: A PERSON',
      'person: A PERSON WRITES OR CALLS',
      'promise: PROMISE',
      'repeat: REPEAT',
      'system: DO',
      'system: LOOK UP',
      'talk: ANSWER',
      'talk: ASK',
      'talk: OFFER A CALL',
      'wait: LISTEN',
      'wait: PAUSE',
      'ways: OR',
    ]);
  });
  it('says channels, owner, waits and fates, and once what most messages have in common', () => {
    expect(words(inquiry)).toMatch(/care, within 4 business hours/);
    expect(words(inquiry)).toMatch(/for 1 business day/);
    expect(words(inquiry)).toMatch(/but ‘key clients hear from a person’: a person within 4 business hours/);
    expect(pictureOf(inquiry).manners).toEqual([
      'service, for inquiry-received',
      'in quiet hours: the next channel',
      'if refused: to a person',
    ]);
    expect(words(everyVerb)).toMatch(/if refused: waits up to 2 days, then by sms instead, else to a person \(leads\)/);
  });
  it('puts interruptions and exits in groups of their own, below the story', () => {
    expect(pictureOf(inquiry).groups.map(({ title }) => title)).toEqual([
      null,
      'At any time: customer-replied',
      'Whatever goes on',
    ]);
  });
  it('says how many customers stand at a step, and nothing where nobody does', () => {
    const live = pictureOf(starter, {
      caption: 'Version 2: 4 customers on it now.',
      at: { 'our-answer': 4, arrived: 0 },
    });
    const here = live.groups.flatMap(({ nodes }) =>
      nodes.flatMap(({ name, here: many }) => (many ? [[name, many]] : [])),
    );
    expect(here).toEqual([['our-answer', 4]]);
    expect(toDot(live)).toContain('● 4 here now');
    expect(toMermaid(live)).toContain('● 4 here now');
    expect(toMermaid(live)).toContain('Version 2: 4 customers on it');
  });
});

describe('What somebody wrote', () => {
  const evil = `<script>alert(1)</script>"]; x -> y & \\"'#quot;\u0007\`]]`;
  const { forgotten } = starter.steps;
  const journey: Journey = {
    ...starter,
    name: evil,
    story: evil,
    steps: {
      ...starter.steps,
      forgotten: { ...(forgotten as Extract<TableStep, { kind: 'escalate' }>), because: evil },
    },
  };
  it('is no markup in Graphviz', () => {
    const dot = toDot(pictureOf(journey));
    expect(dot).not.toContain('<script');
    expect(dot).not.toContain('\u0007');
    expect(dot).toContain('&lt;script&gt;');
  });
  it('is none in Mermaid, not even a quote that ends its label', () => {
    const mermaid = toMermaid(pictureOf(journey));
    for (const line of mermaid.split('\n').filter((l) => l.includes('script'))) {
      if (line.startsWith('title:')) continue;
      expect(line).toContain('#60;script#62;');
      expect(line.match(/"/g)).toHaveLength(2);
    }
    expect(mermaid).not.toContain('\u0007');
  });
});
