/** A company calls this once, in `words.ts`; its journeys import their verbs from there and so know its events, teams and templates. */
import { compile } from './compile.ts';
import { conditions, type Conditions } from './conditions.ts';
import type { ValueOf } from './fields.ts';
import type { JourneySpec, SoundJourney } from './journey.ts';
import type { PersonRung, TeamRung } from './ladder.ts';
import type { Lexicon, LexiconOf, Words } from './lexicon.ts';
import { mannersWords, type MannersWords } from './manners.ts';
import { policyWords, type PolicyWords } from './policy.ts';
import { storedWords, type StoredWords } from './stored-words.ts';
import type { Journey } from './table.ts';
import type { Span } from './time-types.ts';
import { verbs, type Verbs } from './verbs.ts';

export interface Language<L extends Lexicon> extends Verbs<L>, Conditions<L>, MannersWords<L>, PolicyWords<L> {
  /** A story and how it is told. Fails at once, with all its faults, on what the compiler could not see. */
  journey<const J extends JourneySpec<L>>(name: string, story: SoundJourney<L, J>): Journey;
  /** What was taught, as it is stored and published. */
  readonly words: StoredWords;
}
/** A ladder leads to teams that exist, a cause is an event that exists, and an event carries no free text. */
interface Consistent<W extends Words> {
  readonly events: {
    readonly [E in keyof W['events']]: {
      readonly [F in keyof W['events'][E]]: string extends ValueOf<W['events'][E][F]>
        ? 'Free text stays out of events: give the event an id, and the text a home in the conversation.'
        : unknown;
    };
  };
  readonly causes: readonly (keyof W['events'] & string)[];
  readonly teams: {
    readonly [T in keyof W['teams']]: {
      readonly ladder?: readonly (
        (keyof W['teams'] & string) | TeamRung<keyof W['teams'] & string, Span> | PersonRung<Span>
      )[];
    };
  };
}

/**
 * Names unknown to TypeScript are refused where they are written; `words` is what was taught, as it is stored.
 *
 *     export const { journey, touch, listen, end, words } = teach({ events: { … }, teams: { … }, … });
 */
export function teach<const W extends Words>(taught: W & Consistent<W>): Language<LexiconOf<W>> {
  const journey = (name: string, story: object) => compile(name, story as Parameters<typeof compile>[1]);
  const words = storedWords(taught);
  // The verbs' own types are for the compiler only: at run time a verb neither knows nor needs the company's words.
  const language: unknown = { ...verbs, ...conditions, ...mannersWords, ...policyWords, journey, words };
  return language as Language<LexiconOf<W>>;
}
