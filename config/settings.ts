/** Every setting there is: its variable, what it means, and how it is read. The table in the README is printed from here. */
import { z } from 'zod';

interface More {
  /** As it would be written; without one the setting is not set. */
  readonly default?: string;
  /** Its value is never printed, not even where it is wrong. */
  readonly secret?: true;
}
interface Setting<T extends z.ZodType> extends More {
  /** The environment variable. */
  readonly variable: string;
  readonly about: string;
  readonly reads: T;
}

/** Its type tells whether it has a default: what has one is never null. */
const setting = <T extends z.ZodType, const M extends More>(
  variable: string,
  about: string,
  reads: T,
  more?: M,
): Setting<T> & M => ({ variable, about, reads, ...(more ?? ({} as M)) });

const text = z.string().min(1);
const wholeNumber = (least: number, most: number): z.ZodPipe<z.ZodString, z.ZodTransform<number, string>> =>
  z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${least} to ${most}`)
    .transform((written, context) => {
      const number = Number(written);
      if (number < least || number > most) {
        context.addIssue({ code: 'custom', message: `a whole number from ${least} to ${most}` });
      }
      return number;
    });
const port = wholeNumber(0, 65_535);
const url = (protocols: readonly string[], example: string): z.ZodString =>
  z
    .string()
    .refine(
      (written) => URL.canParse(written) && protocols.includes(new URL(written).protocol),
      `a URL such as ${example}`,
    );
const schemaName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, "a lower-case PostgreSQL name such as 'righttouch'");
const yesNo = z
  .string()
  .refine((written) => written === 'yes' || written === 'no', "'yes' or 'no'")
  .transform((written) => written === 'yes');

export const settings = {
  host: setting('HOST', 'Where the API listens. Anything but loopback wants a proxy with TLS before it', text, {
    default: '127.0.0.1',
  }),
  port: setting('PORT', 'The port of the API; 0 takes a free one', port, { default: '3000' }),
  publicUrl: setting(
    'PUBLIC_URL',
    'How the world reaches the API: webhooks are signed over this address',
    url(['http:', 'https:'], 'https://touch.example.com'),
  ),
  trustedProxies: setting(
    'TRUSTED_PROXIES',
    'How many proxies stand before the API: so many entries of X-Forwarded-For are believed',
    wholeNumber(0, 10),
    { default: '0' },
  ),
  requestsPerMinute: setting(
    'REQUESTS_PER_MINUTE',
    'What one API key may ask of one API process',
    wholeNumber(1, 10_000_000),
    {
      default: '6000',
    },
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    'PostgreSQL. Not set: `npm start` starts its own',
    url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database'),
    { secret: true },
  ),
  databaseSchema: setting('DATABASE_SCHEMA', 'The PostgreSQL schema of our tables', schemaName, {
    default: 'righttouch',
  }),
  databaseConnections: setting('DATABASE_CONNECTIONS', 'Connections of one process at most', wholeNumber(1, 1000), {
    default: '10',
  }),
  taskQueue: setting(
    'TEMPORAL_TASK_QUEUE',
    "Where workers look for work. Temporal's address, namespace, TLS and API key are read as Temporal names them (TEMPORAL_ADDRESS, …)",
    text,
    { default: 'righttouch' },
  ),
  smtpUrl: setting(
    'SMTP_URL',
    'The server that takes our e-mails',
    url(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587'),
    { secret: true },
  ),
  mailFrom: setting('MAIL_FROM', 'The sender of our e-mails: an address, or "Name <address>"', text),
  mailDomain: setting('MAIL_DOMAIN', 'The domain of our Message-IDs, by which replies are known', text, {
    default: 'righttouch.local',
  }),
  smtpInHost: setting('SMTP_IN_HOST', 'Where replies by e-mail are taken in', text, { default: '127.0.0.1' }),
  smtpInPort: setting('SMTP_IN_PORT', 'The port where replies by e-mail are taken in. Not set: none are', port),
  twilioAccountSid: setting('TWILIO_ACCOUNT_SID', "Twilio's account. Not set: there is no SMS", text),
  twilioAuthToken: setting('TWILIO_AUTH_TOKEN', "Twilio's token; its webhooks are signed with it", text, {
    secret: true,
  }),
  twilioFrom: setting('TWILIO_FROM', 'The number our SMS come from, such as +15005550006', text),
  twilioBaseUrl: setting(
    'TWILIO_BASE_URL',
    "Another address for Twilio's API, for tests",
    url(['http:', 'https:'], 'https://api.twilio.com'),
  ),
  defaultCountry: setting(
    'DEFAULT_COUNTRY',
    'The country of phone numbers that are written without one',
    z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166 code such as DE'),
  ),
  defaultTeam: setting(
    'DEFAULT_TEAM',
    'The team that gets what belongs to nobody, such as a message to no journey',
    text,
    {
      default: 'care',
    },
  ),
  systems: setting(
    'RIGHTTOUCH_SYSTEMS',
    'The TypeScript file that registers other systems with the worker, such as journeys/systems.ts',
    text,
  ),
  noticeWebhookUrl: setting(
    'NOTICE_WEBHOOK_URL',
    'Where our own people are told of tasks, signed as Standard Webhooks are. Not set: only the desk tells them',
    url(['http:', 'https:'], 'https://ops.example.com/touch'),
  ),
  noticeWebhookSecret: setting(
    'NOTICE_WEBHOOK_SECRET',
    "What notices are signed with: 'whsec_' and 24 to 64 bytes in base64",
    z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, "'whsec_' and 24 to 64 bytes in base64"),
    { secret: true },
  ),
  noticesKeptDays: setting(
    'NOTICES_KEPT_DAYS',
    'For how many days it is kept who was told of what',
    wholeNumber(1, 3650),
    { default: '30' },
  ),
  slackBotToken: setting(
    'SLACK_BOT_TOKEN',
    'Our people are told in Slack with it. Not set: they are not',
    z.string().regex(/^xoxb-[A-Za-z0-9-]+$/, "a bot's token, which begins with 'xoxb-'"),
    { secret: true },
  ),
  slackSigningSecret: setting(
    'SLACK_SIGNING_SECRET',
    'Slack signs with it what it sends to /webhooks/slack/actions. Not set: buttons do nothing',
    text,
    { secret: true },
  ),
  slackChannel: setting('SLACK_CHANNEL', 'The channel of the whole desk, which hears of what is nobody’s yet', text),
  slackApiUrl: setting(
    'SLACK_API_URL',
    "Another address for Slack's API, for tests",
    url(['http:', 'https:'], 'https://slack.com/api/'),
  ),
  logLevel: setting(
    'LOG_LEVEL',
    'fatal, error, warn, info, debug, trace or silent',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    { default: 'info' },
  ),
  prettyLogs: setting('PRETTY_LOGS', "'yes' prints logs for eyes, 'no' as JSON, a line each", yesNo, { default: 'no' }),
} as const;
