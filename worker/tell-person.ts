/** One message to one of our people, with all that waits for them. */
import type { ChannelAdapter } from '../channels/channel.ts';
import { sayInstant } from '../channels/say-instant.ts';
import type { Slack } from '../channels/slack.ts';
import { sayNotice } from '../core/task/say-notice.ts';
import { toChannel } from '../store/notices/share-out.ts';
import type { Message, Telling } from '../store/notices/tell.ts';

export interface WaysToPeople {
  /** The channel by which customers are written to as well. */
  readonly email: ChannelAdapter | null;
  readonly slack: {
    readonly slack: Slack;
    /** Of the whole desk; null: only people are told. */
    readonly channel: string | null;
  } | null;
  /** Where the desk is; null: there is no link to it. */
  readonly publicUrl: string | null;
}
export type ToldPerson = { readonly told: true } | { readonly told: false; readonly because: string };

/** What a button in Slack asks for. */
const claimAction = 'claim';

export async function tellPerson(ways: WaysToPeople, message: Message): Promise<ToldPerson> {
  if (message.via === 'slack') return tellInSlack(ways, message);
  const { email } = ways;
  if (!email || message.address === null) return { told: false, because: 'they have no address any more' };
  const lines = message.tellings.map((telling) => lineOf(ways, telling, message.zone));
  const [first] = lines;
  const sent = await email.send({
    touchId: `notice/${message.tellings.map(({ id }) => id).join('-')}`.slice(0, 60),
    attempt: 'notice',
    to: message.address,
    subject: lines.length === 1 ? (first?.text ?? '') : `${String(lines.length)} tasks: ${first?.text ?? ''}`,
    text: lines.map(({ text, because, link }) => [text, because, link].filter(Boolean).join('\n')).join('\n\n'),
    madeBy: 'tech',
  });
  // One that may have gone out is not sent again: a notice twice is worse than one that the desk shows anyway.
  return sent.result === 'sent' || sent.result === 'unknown' ? { told: true } : { told: false, because: sent.code };
}

async function tellInSlack(ways: WaysToPeople, { recipient, address, zone, tellings }: Message): Promise<ToldPerson> {
  const to = recipient === toChannel ? (ways.slack?.channel ?? null) : address;
  if (!ways.slack || to === null) return { told: false, because: 'they have no address any more' };
  const lines = tellings.map((telling) => {
    const { text, because, link } = lineOf(ways, telling, zone);
    const button = { says: `Claim T-${String(telling.number)}`, action: claimAction, value: telling.taskId };
    return {
      text: because === null ? text : `${text}\n${because}`,
      link,
      button: telling.state === 'open' ? button : null,
    };
  });
  return ways.slack.slack.tell(to, lines);
}

function lineOf(
  { publicUrl }: WaysToPeople,
  telling: Telling,
  zone: string | null,
): { text: string; because: string | null; link: string | null } {
  const { kind, number, team, person, suggested, deadlineAt, because } = telling;
  const task = `T-${String(number)}`;
  const until =
    deadlineAt === null
      ? null
      : `${sayInstant(deadlineAt, zone ?? 'UTC', 'en', 'day-and-time')}${zone === null ? ' UTC' : ''}`;
  return {
    text: sayNotice({ kind, task, team, person, suggested, until }),
    because: because === null ? null : `Because: ${because}`,
    link: publicUrl === null ? null : new URL(`/desk/tasks/${task}`, publicUrl).href,
  };
}
