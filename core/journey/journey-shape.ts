/** The shape of a stored journey, key by key. Uses zod: not for workflows. */
import { z } from 'zod';
import { ladderShape } from './ladder-shape.ts';
import {
  condition,
  fate,
  fieldName,
  idShape,
  moment,
  outcome,
  path,
  reach,
  sentenceShape,
  span,
  stepId,
} from './shapes.ts';

const goes = z.record(outcome, stepId);
const placed = { next: stepId, inside: z.array(z.string().max(60)).max(20).optional() };
const timed = { ...placed, follows: idShape.optional() };

const rule = z.strictObject({
  because: sentenceShape,
  when: condition,
  madeBy: z
    .literal('human', { error: "A rule turns a touch towards people, never away from them: 'human'." })
    .optional(),
  within: span.optional(),
  team: idShape.optional(),
  reach: reach.optional(),
  fate: fate.optional(),
});
const touch = z.strictObject({
  kind: z.literal('touch'),
  ...placed,
  team: idShape,
  madeBy: z.enum(['tech', 'human'], { error: "Write 'tech' or 'human'." }),
  within: span.optional(),
  purpose: idShape,
  cause: idShape.optional(),
  reach,
  fate,
  quiet: z.enum(['wait', 'next-channel', 'fate'], { error: "Write 'wait', 'next-channel' or 'fate'." }).optional(),
  say: idShape,
  introduces: path.optional(),
  prefer: z.array(rule).max(20).optional(),
});
const listen = z.strictObject({ kind: z.literal('listen'), ...timed, until: moment, goes });
const pause = z.strictObject({
  kind: z.literal('pause'),
  ...timed,
  until: moment,
  goes: z.strictObject({ missed: stepId }).optional(),
});
const choose = z.strictObject({
  kind: z.literal('choose'),
  ...placed,
  by: path.optional(),
  when: condition.optional(),
  goes,
});
const escalate = z.strictObject({
  kind: z.literal('escalate'),
  ...placed,
  team: idShape,
  because: sentenceShape,
  within: span,
  ladder: ladderShape.optional(),
  goes,
});
const renew = z.strictObject({
  say: idShape,
  ahead: span,
  more: span,
  times: z.int({ error: 'Write how often.' }).min(1).max(10),
});
const promise = z.strictObject({
  kind: z.literal('promise'),
  ...timed,
  team: idShape,
  due: moment,
  keptBy: z.union([idShape, z.array(idShape).min(1).max(20)], {
    error: 'Name the event that keeps it, or several in a list.',
  }),
  renew: renew.optional(),
});
const end = z.strictObject({ kind: z.literal('end'), as: idShape, next: z.null() });
const resume = z.strictObject({ kind: z.literal('resume'), next: z.null() });
const split = z.strictObject({
  kind: z.literal('split'),
  ...placed,
  shares: z.record(outcome, z.int().min(0).max(100)),
  goes,
});
const repeat = z.strictObject({
  kind: z.literal('repeat'),
  ...placed,
  times: z.int({ error: 'Write how often.' }).min(1).max(100),
  every: span.optional(),
  goes: z.strictObject({ again: stepId }),
});
const remind = z.strictObject({
  kind: z.literal('remind'),
  ...timed,
  team: idShape,
  at: moment,
  about: sentenceShape,
});
const given = z.record(fieldName, path);
const lookUp = z.strictObject({ kind: z.literal('lookUp'), ...placed, find: idShape, with: given, goes });
const act = z.strictObject({ kind: z.literal('act'), ...placed, do: idShape, with: given, goes });
const conversation = {
  ...placed,
  team: idShape,
  purpose: idShape,
  cause: idShape.optional(),
  reach,
  fate,
  quiet: z.enum(['wait', 'next-channel', 'fate']).optional(),
  prefer: z.array(rule).max(20).optional(),
  waits: span,
};
const question = z.strictObject({ field: path, text: sentenceShape, only: condition.optional() });
const ask = z.strictObject({
  kind: z.literal('ask'),
  ...conversation,
  questions: z.array(question).min(1).max(20),
  say: idShape.optional(),
  goes: z.strictObject({ lost: stepId, silence: stepId }),
});
const answer = z.strictObject({
  kind: z.literal('answer'),
  ...conversation,
  from: idShape,
  sureAt: z.number().min(0).max(1),
  goes: z.strictObject({ helped: stepId, unsure: stepId, silence: stepId }),
});
const offerCall = z.strictObject({
  kind: z.literal('offerCall'),
  ...conversation,
  say: idShape,
  slots: z.int().min(1).max(20),
  length: span.optional(),
  goes: z.strictObject({ talked: stepId, declined: stepId, missed: stepId, silence: stepId }),
});
const step = z.discriminatedUnion(
  'kind',
  [
    touch,
    listen,
    pause,
    choose,
    split,
    repeat,
    escalate,
    promise,
    remind,
    lookUp,
    act,
    ask,
    answer,
    offerCall,
    end,
    resume,
  ],
  {
    error:
      'Its kind is a verb of the language: touch, listen, pause, choose, split, repeat, escalate, promise, remind, lookUp, act, ask, answer, offerCall; or end or resume.',
  },
);

const only = condition.optional();
const entry = z.union(
  [
    z.strictObject({
      event: idShape,
      oncePer: fieldName,
      only,
      again: z
        .string()
        .regex(/^after \d{1,4} days?$/)
        .optional(),
    }),
    z.strictObject({ date: moment, only }),
    z.strictObject({ audience: idShape, at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/), only }),
  ],
  {
    error:
      "A journey is entered by an event and what it is oncePer (again: 'after 30 days'), by a date, or by an audience at a time.",
  },
);

export const journeyShape = z.strictObject({
  format: z.literal(1, { error: 'Write format 1.' }),
  name: idShape,
  story: sentenceShape.optional(),
  team: idShape,
  entry,
  goal: idShape.optional(),
  exits: z.record(outcome, idShape),
  start: stepId,
  anyTime: z.record(outcome, stepId),
  steps: z.record(z.string(), step),
  expect: z.array(z.string().max(200)).max(50),
});
