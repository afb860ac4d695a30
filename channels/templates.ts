import { Liquid, type Template } from 'liquidjs';
import { escapeHtml } from './html.ts';
import { keptEngine, keptText } from './liquid-kept.ts';
import { sayInstant, type InstantStyle } from './say-instant.ts';

export interface TemplateInput {
  /** The template's name, for problems. */
  name: string;
  /** Liquid, plain text. Its front matter is already taken off. */
  body: string;
  /** Liquid, one line. E-mail only. */
  subject?: string;
  /** Liquid, HTML: what variables say is escaped. E-mail only; without it the text is shown as HTML. */
  html?: string;
  /** Plain data, such as `{ customer: { firstName: 'Ana' }, promise: { dueAt: 1795539600000 } }`. */
  variables: Readonly<Record<string, unknown>>;
  /** BCP 47 and IANA; for `day_and_time`, `day` and `time`. */
  locale: string;
  zone: string;
}

export type Rendered =
  { ok: true; text: string; subject: string | null; html: string | null } | { ok: false; problem: string };

/** One template may do this much and no more: designers write them, but a slip must not stop a worker. */
export const templateLimits = {
  parseLimit: 50_000,
  renderLimitMs: 500,
  memoryLimit: 1_000_000,
  maxTextLength: 100_000,
};

/** Renders a template from plain data. Only a template's own variables can be read: no prototypes, no files, no clock. */
export function renderTemplate(input: TemplateInput): Rendered {
  const { name, locale, zone } = input;
  // A copy of plain data: nothing with getters, methods or a prototype of its own reaches a template.
  const variables = JSON.parse(JSON.stringify(input.variables)) as Record<string, unknown>;
  const render = (source: string, escape: boolean) => {
    const liquid = keptEngine([escape, zone, locale], () => engine(escape, sayingIn(zone, locale)));
    const { renderLimitMs: renderLimit, memoryLimit, maxTextLength } = templateLimits;
    const said = String(liquid.renderSync(keptText(liquid, source), variables, { renderLimit, memoryLimit }));
    if (said.length > maxTextLength) throw new Error(`it says more than ${String(maxTextLength)} characters`);
    return said;
  };
  try {
    const subject = input.subject === undefined ? null : render(input.subject, false).replace(/\s+/g, ' ').trim();
    const html = input.html === undefined ? null : render(input.html, true);
    return { ok: true, text: render(input.body, false).trim(), subject, html };
  } catch (error) {
    return { ok: false, problem: explain(name, error, variables) };
  }
}

const sayingIn =
  (zone: string, locale: string) =>
  (said: unknown, style: InstantStyle): string => {
    const { at, isDay } = readInstant(said);
    if (isDay && style !== 'day')
      throw new Error(`'${style}' was asked of a calendar day, which has no time: use 'day'`);
    return sayInstant(at, isDay ? 'UTC' : zone, locale, style);
  };

/** The variables a template reads, such as `customer.firstName`, for `check`. A problem if it is not Liquid as we allow it. */
export function variablesOf(body: string): { ok: true; variables: string[] } | { ok: false; problem: string } {
  try {
    const liquid = engine(false, () => '');
    const parsed: Template[] = liquid.parse(body);
    return { ok: true, variables: [...new Set(liquid.globalFullVariablesSync(parsed))].sort() };
  } catch (error) {
    return { ok: false, problem: firstLine(error) };
  }
}

/** Liquid's own filters that read a clock or a zone of the machine's, or that look into data of any shape. */
const withheld = {
  ...Object.fromEntries(
    ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'].map((name) => [
      name,
      "use 'day_and_time', 'day' or 'time', which know the customer's zone",
    ]),
  ),
  ...Object.fromEntries(['json', 'inspect', 'jsonify', 'raw'].map((name) => [name, 'say a variable by its name'])),
};

/** Tags that would read other files. */
const withheldTags = ['include', 'render', 'layout', 'block'];

function engine(escape: boolean, sayIn: (said: unknown, style: InstantStyle) => string): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    outputEscape: (value) => (escape ? escapeHtml(readOutput(value)) : readOutput(value)),
    parseLimit: templateLimits.parseLimit,
    // In memory and empty: there is no file a template could name.
    templates: {},
    cache: false,
  });
  for (const tag of withheldTags) {
    liquid.registerTag(tag, {
      parse() {
        throw new Error(`the tag '${tag}' reads another file, and a template stands alone`);
      },
      render: () => '',
    });
  }
  for (const [name, instead] of Object.entries(withheld)) {
    liquid.registerFilter(name, () => {
      throw new Error(`the filter '${name}' is not for templates: ${instead}`);
    });
  }
  liquid.registerFilter('day_and_time', (said: unknown) => sayIn(said, 'day-and-time'));
  liquid.registerFilter('day', (said: unknown) => sayIn(said, 'day'));
  liquid.registerFilter('time', (said: unknown) => sayIn(said, 'time'));
  return liquid;
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/;
const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds, or a moment or a day as events and records hold them. A day is the same one in every zone. */
function readInstant(said: unknown): { at: number; isDay: boolean } {
  const isDay = typeof said === 'string' && dayForm.test(said);
  const at = typeof said === 'string' && (isDay || instantForm.test(said)) ? Date.parse(said) : said;
  if (typeof at === 'number' && Number.isFinite(at)) return { at, isDay };
  throw new Error(
    'day_and_time, day and time say an instant, such as promise.dueAt, or a moment or day of an event or customer',
  );
}

/** What is said to a customer is words and numbers; a record would come out as '[object Object]'. */
function readOutput(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(readOutput).join('');
  throw new Error('a whole record cannot be said: say one of its fields');
}

function explain(name: string, error: unknown, variables: Record<string, unknown>): string {
  const said = firstLine(error);
  const missing = /undefined variable: (\S+?)(?:,|$)/.exec(said)?.[1];
  if (missing === undefined) return `Template '${name}': ${said}`;
  const known = namesIn(variables).join(', ') || 'none';
  return `Template '${name}' says '${missing}', which is not there. It may say: ${known}.`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}

function namesIn(variables: Record<string, unknown>, before = ''): string[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? namesIn(value as Record<string, unknown>, `${before}${name}.`)
      : [`${before}${name}`],
  );
}
