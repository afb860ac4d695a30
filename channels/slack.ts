/** Slack, as far as our own people are told by it: a message with buttons. */
import slack from '@slack/web-api';

export interface SlackSettings {
  readonly token: string;
  /** Slack's own unless given. */
  readonly apiUrl?: string;
}
/** A section of a message, with a button if there is something to do. */
export interface SlackLine {
  readonly text: string;
  readonly link: string | null;
  readonly button: { readonly says: string; readonly action: string; readonly value: string } | null;
}
export type SlackTold =
  { readonly told: true } | { readonly told: false; readonly because: string; readonly retryAfterMs: number | null };

export interface Slack {
  tell(to: string, lines: readonly SlackLine[]): Promise<SlackTold>;
}

const withinMs = 10_000;

/** One try a call: when to try again is for the notice to say. */
export function createSlack({ token, apiUrl }: SlackSettings): Slack {
  const client = new slack.WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: withinMs,
    logLevel: slack.LogLevel.ERROR,
  });
  return {
    async tell(to, lines) {
      try {
        await client.chat.postMessage({
          channel: to,
          text: lines.map(({ text }) => text).join('\n'),
          blocks: lines.flatMap(blocksOf),
          unfurl_links: false,
        });
        return { told: true };
      } catch (error) {
        return { told: false, ...faultOf(error) };
      }
    },
  };
}

function blocksOf({ text, link, button }: SlackLine) {
  const more = link === null ? '' : ` <${link}|Open>`;
  return [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: `${escaped(text)}${more}` },
      ...(button === null
        ? {}
        : {
            accessory: {
              type: 'button',
              text: { type: 'plain_text', text: button.says },
              action_id: button.action,
              value: button.value,
            },
          }),
    },
  ];
}

/** As https://docs.slack.dev/messaging/formatting-message-text says: three characters, and nothing in a text is markup. */
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Its code and no more: what Slack answers may repeat what it was sent. */
function faultOf(error: unknown): { because: string; retryAfterMs: number | null } {
  if (typeof error !== 'object' || error === null) return { because: 'it could not be reached', retryAfterMs: null };
  const retryAfterMs = 'retryAfter' in error && typeof error.retryAfter === 'number' ? error.retryAfter * 1000 : null;
  const data = 'data' in error ? error.data : null;
  const says = typeof data === 'object' && data !== null && 'error' in data ? String(data.error) : null;
  const code = 'code' in error ? String(error.code) : 'it could not be reached';
  return { because: says ?? code, retryAfterMs };
}
