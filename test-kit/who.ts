/** Who a journey is tried with. Unless something is said of them, they can be reached, and have consented to everything. */
import { channels, type Channel } from '../core/journey/channels.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import type { Journey, Scalar } from '../core/journey/table.ts';
import { newSim, sampleData, type Sim } from '../core/simulate/simulate.ts';

export interface Who {
  /** An IANA zone; null: not known. Unless given, the team's own. */
  readonly zone?: string | null;
  readonly locale?: string;
  /** What we know of them, by the words' names. What has to be known and is not given is made up. */
  readonly fields?: Readonly<Record<string, Scalar>>;
  /** Their address on each channel; unless given, an e-mail address and a number. */
  readonly addresses?: Readonly<Partial<Record<Channel, string>>>;
  readonly prefers?: Channel;
  /** What they have not consented to, such as 'marketing by email', or 'marketing' by any channel. */
  readonly declines?: readonly string[];
  /** When a person last was in touch with them, and promises we broke before. */
  readonly daysSincePerson?: number;
  readonly brokenPromises?: number;
  /** How loaded our people are: open tasks of others that nobody has taken. */
  readonly tasksAhead?: number;
}

/** Monday morning, in a week without holidays. */
const begin = Date.UTC(2026, 2, 2);

export function simOf(journey: Journey, words: StoredWords, who: Who = {}): Sim {
  const fields = sampleData(words.customer, who.fields ?? {}, begin) as Readonly<Record<string, Scalar>>;
  const zone = who.zone === undefined ? (words.teams[journey.team]?.zone ?? 'UTC') : who.zone;
  return newSim({
    customer: {
      id: 'customer',
      locale: who.locale ?? 'en',
      fields,
      addresses: who.addresses ?? { email: 'ana@example.com', sms: '+4915112345678' },
      preferred: who.prefers ?? null,
      wroteOn: null,
      wroteAt: null,
      daysSincePerson: who.daysSincePerson ?? null,
      brokenPromises: who.brokenPromises ?? 0,
      tasksAhead: who.tasksAhead ?? 0,
    },
    zone,
    consents: consentsOf(words, who.declines ?? []),
    now: begin,
  });
}

function consentsOf(words: StoredWords, declines: readonly string[]) {
  const purposes = ['service', 'relationship', 'marketing', ...words.purposes];
  const known = purposes.flatMap((purpose) => [purpose, ...channels.map((channel) => `${purpose} by ${channel}`)]);
  const stray = declines.find((said) => !known.includes(said));
  if (stray !== undefined)
    throw new Error(`declines: '${stray}' is no purpose. Write one such as 'marketing', or 'marketing by email'.`);
  return purposes.flatMap((purpose) =>
    channels.map((channel) => ({
      channel,
      purpose,
      granted: !declines.includes(purpose) && !declines.includes(`${purpose} by ${channel}`),
    })),
  );
}
