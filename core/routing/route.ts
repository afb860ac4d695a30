/**
 * Whom of those on shift a task is suggested to: language and skill first, then the person this customer knows, then load, then what
 * both like and let count. Pure: the same is asked, the same is answered.
 */

/** One of us who is on shift and whose team is asked. */
export interface Routable {
  readonly name: string;
  /** 'de', 'de-CH'. */
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  /** Empty unless they let it count. */
  readonly interests: readonly string[];
  /** What they have, and what is suggested to them and not taken yet. */
  readonly load: number;
  readonly capacity: number;
}

export interface Need {
  /** Null: not known. */
  readonly language: string | null;
  /** What it is about; those of them that somebody has as a skill count. */
  readonly topics: readonly string[];
  /** Who of us they had to do with, the latest first. */
  readonly knows: readonly string[];
  /** Empty unless they let it count. */
  readonly interests: readonly string[];
}

export type Reason =
  | { readonly is: 'speaks'; readonly language: string }
  /** The best there is, and yet not their language. */
  | { readonly is: 'nobody-speaks'; readonly language: string }
  | { readonly is: 'skilled'; readonly in: readonly string[] }
  | { readonly is: 'known' }
  | { readonly is: 'room'; readonly has: number; readonly of: number }
  | { readonly is: 'shares'; readonly likes: readonly string[] };

export type Routed =
  | { readonly is: 'suggested'; readonly agent: string; readonly reasons: readonly Reason[] }
  /** Whoever has as many as they carry is asked for no more. */
  | { readonly is: 'nobody'; readonly because: 'nobody-on-shift' | 'all-full' };

/** So many reasons are told; those that set somebody apart come first. */
const reasonsTold = 3;
/** Load counts in quarters of what somebody carries, so that a task more or less does not outweigh what comes behind it. */
const steps = 4;

/** `draw` in [0, 1) decides among equals. */
export function route(need: Need, people: readonly Routable[], draw: number): Routed {
  if (people.length === 0) return { is: 'nobody', because: 'nobody-on-shift' };
  const free = people.filter(({ load, capacity }) => load < capacity);
  if (free.length === 0) return { is: 'nobody', because: 'all-full' };
  const fits = free.map((who) => fitOf(need, who));
  const best = fits.reduce((a, b) => (compare(b.rank, a.rank) > 0 ? b : a));
  const equals = fits.filter((fit) => compare(fit.rank, best.rank) === 0);
  const chosen = equals[Math.floor(draw * equals.length)] ?? best;
  return { is: 'suggested', agent: chosen.who.name, reasons: reasonsOf(need, chosen, fits) };
}

interface Fit {
  readonly who: Routable;
  readonly speaks: boolean;
  readonly skills: readonly string[];
  /** 0: they never met; the latest highest. */
  readonly known: number;
  readonly likes: readonly string[];
  /** Compared place by place, more is better. */
  readonly rank: readonly number[];
}

function fitOf(need: Need, who: Routable): Fit {
  const speaks = need.language === null || who.languages.some((each) => baseOf(each) === baseOf(need.language ?? ''));
  const skills = need.topics.filter((topic) => who.skills.includes(topic));
  const met = need.knows.indexOf(who.name);
  const known = met < 0 ? 0 : need.knows.length - met;
  const likes = need.interests.filter((each) => who.interests.includes(each));
  const load = Math.floor((who.load / who.capacity) * steps);
  return { who, speaks, skills, known, likes, rank: [speaks ? 1 : 0, skills.length, known, -load, likes.length] };
}

const baseOf = (language: string): string => (language.split('-')[0] ?? language).toLowerCase();

function compare(a: readonly number[], b: readonly number[]): number {
  for (let n = 0; n < a.length; n += 1) {
    const more = (a[n] ?? 0) - (b[n] ?? 0);
    if (more !== 0) return more;
  }
  return 0;
}

function reasonsOf({ language }: Need, chosen: Fit, all: readonly Fit[]): Reason[] {
  const { who, speaks, skills, known, likes, rank } = chosen;
  const found: (Reason | null)[] = [
    language === null ? null : speaks ? { is: 'speaks', language } : { is: 'nobody-speaks', language },
    skills.length > 0 ? { is: 'skilled', in: skills } : null,
    known > 0 ? { is: 'known' } : null,
    { is: 'room', has: who.load, of: who.capacity },
    likes.length > 0 ? { is: 'shares', likes } : null,
  ];
  const told = found.flatMap((reason, place) => {
    const setsApart = all.some((fit) => fit.rank[place] !== rank[place]);
    return reason ? [{ reason, order: (setsApart || reason.is === 'nobody-speaks' ? 0 : found.length) + place }] : [];
  });
  return told
    .sort((a, b) => a.order - b.order)
    .slice(0, reasonsTold)
    .map(({ reason }) => reason);
}
