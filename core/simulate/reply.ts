/** They write to us: who gets it is decided by the rule that production asks. */
import { wroteBy } from '../budget/move-gates.ts';
import type { Channel } from '../journey/channels.ts';
import { hears } from '../journey/hears.ts';
import { answeredTouch } from '../reply/answered.ts';
import { nobodyListens } from '../reply/nobody-listens.ts';
import { routeReply, type ReplyFacts } from '../reply/route.ts';
import { woken } from '../task/move.ts';
import { addSpan, changeGates, changeTask, deliver, tell, type Draft } from './draft.ts';
import { beginsToWait } from './floor.ts';
import { goOn } from './go-on.ts';
import { giveToPerson } from './person.ts';
import type { Problem } from './problem.ts';
import { keepPromises } from './promise.ts';

/** They may be answered where they wrote, and that is where they are looked for next. */
export function wrote(d: Draft, channel: Channel | null): void {
  if (channel === null) return;
  d.customer = { ...d.customer, wroteOn: channel, wroteAt: d.now };
  changeGates(d, (gates) => wroteBy(gates, channel, d.now));
}

export function reply(d: Draft, on: Channel | undefined): Problem {
  const channel = on ?? d.touches.findLast((touch) => touch.channel !== null)?.channel ?? firstAddress(d);
  if (channel === null) return 'They have no address to write from.';
  tell(d, 'heard', `They write to us by ${channel}.`);
  wrote(d, channel);
  const id = `reply-${String(d.story.length)}`;
  const data = { channel, mood: 'fine' };
  const body = { kind: 'event', event: 'customer-replied', id, data } as const;
  const route = routeReply(factsOf(d, channel));
  switch (route.to) {
    case 'task':
      wakeTask(d, route.taskId);
      if (route.others.length > 0) deliver(d, { ...body, unattributed: true });
      break;
    case 'enrolment':
      beginsToWait(d, null);
      deliver(d, body);
      break;
    case 'default-task':
      giveToPerson(d, {
        of: id,
        team: d.setting.journey.team,
        ...nobodyListens,
        ofRun: false,
      });
      break;
    case 'nobody':
      throw new Error(`A message of a person has to go to somebody, and was taken for one of kind '${route.because}'`);
  }
  goOn(d);
  keepPromises(d, 'customer-replied');
  return null;
}

const firstAddress = ({ customer }: Draft): Channel | null =>
  (Object.keys(customer.addresses)[0] as Channel | undefined) ?? null;

/** There is one run at most, and all touches are its own. */
function factsOf({ now, run, tasks, touches, customer, setting }: Draft, channel: Channel): ReplyFacts {
  const runs = run ? [run.run] : [];
  const address = customer.addresses[channel] ?? '';
  const sent = touches.flatMap(({ id, state, channel: by, at }) =>
    by !== null && (state === 'sent' || state === 'unknown')
      ? [{ touchId: id, enrolmentId: run?.run ?? null, taskId: null, channel: by, at }]
      : [],
  );
  return {
    kind: 'message',
    openTasks: tasks
      .filter(({ state }) => state !== 'done')
      .toReversed()
      .map(({ id, reasons }) => ({ taskId: id, enrolmentIds: reasons.some(({ ofRun }) => ofRun) ? runs : [] })),
    answersTouch: answeredTouch(
      { channel, from: address, at: now, inReplyTo: null, references: [] },
      sent.map(({ at, ...touch }) => ({
        ...touch,
        to: customer.addresses[touch.channel] ?? '',
        messageId: null,
        sentAt: at,
      })),
    ),
    listeningEnrolments: run && !run.ended && hears(setting.journey).includes('customer-replied') ? runs : [],
  };
}

/** Who has it sees the message; a snoozed task wakes, because somebody waits again. */
function wakeTask(d: Draft, id: string): void {
  const task = d.tasks.find((each) => each.id === id);
  if (!task) throw new Error(`There is no task '${id}' among those the rule was given`);
  tell(d, 'task', `The person of ${task.askedTeam} who is asked gets it.`);
  if (task.state === 'snoozed') changeTask(d, { ...task, ...woken(task, d.now, addSpan(d)) });
}
