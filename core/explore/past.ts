/** What the rules must know of what was: brought up to date with everything that happens. */
import { keptBy } from '../journey/hears.ts';
import type { StepId } from '../journey/table.ts';
import { reasonOf } from '../run/steps/escalate.ts';
import type { Advanced, Command } from '../run/commands.ts';
import type { Input } from '../run/inputs.ts';
import type { Wait } from '../run/state.ts';
import type { Move } from './move.ts';
import type { Setting } from './setting.ts';
import { stepOfReason, waits, type Past, type World } from './world.ts';

type Mutable = { -readonly [K in keyof Past]: Past[K] };

export function pastAfter(
  setting: Setting,
  before: World,
  move: Move | null,
  input: Input | null,
  { state, commands }: Advanced,
): Past {
  const past: Mutable = { ...before.past };
  if (move?.is === 'event' && !move.elsewhere) eventCame(setting, past, move.event, state.wait);
  if (move?.is === 'settled') past.unknown = false;
  if (move?.is === 'answer') answerCame(setting, past, before, move);
  if (move?.is === 'outcome' && input?.kind === 'delivery' && input.delivery.body.kind === 'outcome')
    outcomeCame(setting, past, input.delivery.body.of, move.outcome);
  for (const command of commands) asked(past, command);
  const isWaiting = waits({ state, past });
  const began = !waits(before) && isWaiting;
  if (began || !isWaiting) past.heard = false;
  if (began) past.floor = past.came || (move?.is === 'event' && move.event === 'customer-replied');
  if (!isWaiting) past.floor = false;
  if (past.open.length > 0 || !isWaiting) past.wantsPerson = false;
  return past;
}

/** Does the policy say that they wait for us after it? */
export const waitsAfter = ({ policy }: Setting, event: string): boolean =>
  policy.theyWaitAfter?.includes(event) === true;

function eventCame(setting: Setting, past: Mutable, event: string, wait: Wait): void {
  const { journey } = setting;
  if (event === 'customer-replied') past.wantsPerson = true;
  if (event === 'we-answered') past.came = false;
  if (waitsAfter(setting, event)) past.came = true;
  if (wait.for === 'end') past.handedOver = true;
  if (wait.for === 'end' && (Object.hasOwn(journey.exits, event) || journey.goal === event)) past.left = true;
  kept(setting, past, event);
}

function kept({ journey }: Setting, past: Mutable, event: string): void {
  past.promises = Object.fromEntries(
    Object.entries(past.promises).filter(([id]) => {
      const step = journey.steps[id];
      return step?.kind !== 'promise' || !keptBy(step).includes(event);
    }),
  );
}

function answerCame(setting: Setting, past: Mutable, before: World, move: Extract<Move, { is: 'answer' }>): void {
  const place = move.to === 'hand' ? before.state : before.state.interrupted;
  if (!place) return;
  const step = setting.journey.steps[place.step];
  const { wait } = place;
  switch (move.answer.is) {
    case 'sent':
    case 'unknown': {
      const say = step && 'say' in step ? step.say : undefined;
      const tells = say !== undefined && setting.templates.get(say)?.some((template) => template.tells === 'promise');
      past.heard = true;
      if (move.answer.is === 'sent' && step && 'purpose' in step && step.purpose === 'service') past.floor = false;
      past.promises = spoken(past.promises, tells === true);
      if (move.answer.is === 'unknown') past.unknown = true;
      if (step?.kind === 'ask') {
        const fields = step.questions.map(({ field }) => field).filter((field) => !past.answered.includes(field));
        past.asked = [...new Set([...past.asked, ...fields])].sort();
      }
      return;
    }
    case 'opened':
    case 'with-person':
      past.open = [...past.open, reasonOf(wait) ?? ''];
      past.promises = {};
      return;
    default:
      return;
  }
}

/** The first word tells of the promise; the next one, and a person, tell that it is not forgotten. */
function spoken(promises: Past['promises'], tells: boolean): Past['promises'] {
  return Object.fromEntries(
    Object.entries(promises).flatMap(([id, was]): [StepId, 'untold' | 'told'][] =>
      was === 'told' ? [] : [[id, tells ? 'told' : 'untold']],
    ),
  );
}

function outcomeCame(setting: Setting, past: Mutable, of: string, outcome: string): void {
  if (outcome !== 'nobody') {
    past.came &&= !past.open.includes(of);
    past.open = past.open.filter((reason) => reason !== of);
  }
  const step = setting.journey.steps[stepOfReason(of)];
  if (step?.kind === 'ask' && outcome === 'done') {
    const fields = step.questions.map(({ field }) => field);
    past.answered = [...new Set([...past.answered, ...fields])].sort();
    past.asked = past.asked.filter((field) => !fields.includes(field));
  }
  if (outcome === 'helped' || outcome === 'talked') {
    kept(setting, past, 'we-answered');
    past.came = false;
  }
  if ((step?.kind === 'ask' || step?.kind === 'answer') && (outcome === 'lost' || outcome === 'unsure'))
    past.wantsPerson = true;
}

function asked(past: Mutable, command: Command): void {
  if (command.do === 'end') past.handedOver = command.untaken.length > 0;
  if (command.do === 'close-reason') past.open = past.open.filter((of) => of !== command.of);
  if (command.do === 'withdraw') past.open = past.open.filter((of) => of !== command.touch);
  if (command.do === 'promise' && !command.isKept && past.open.length === 0)
    past.promises = { ...past.promises, [command.step]: 'untold' };
}
