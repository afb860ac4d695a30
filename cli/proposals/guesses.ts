/** Texts of a file with a proposed change in it, the likeliest first. Which of them means what was proposed, only compiling tells. */
import type { ProposalRead } from './say.ts';

const atMost = 6;

export const guesses = (text: string, { step, change }: ProposalRead): readonly string[] =>
  change.is === 'wait' ? inCode(text, step, change) : inTemplate(text, change.after);

/** The time as it is said, in whatever quotes, at and after where the step is named. */
function inCode(
  text: string,
  step: string,
  { before, after }: { readonly before: string; readonly after: string },
): readonly string[] {
  const quotes = ["'", '"', '`'] as const;
  const named = quotes.map((quote) => text.indexOf(`${quote}${step}${quote}`)).filter((at) => at >= 0);
  const from = named.length === 0 ? 0 : Math.min(...named);
  const places = quotes
    .flatMap((quote) => {
      const said = `${quote}${before}${quote}`;
      const found: { readonly at: number; readonly length: number; readonly quote: string }[] = [];
      for (let at = text.indexOf(said, from); at >= 0; at = text.indexOf(said, at + 1))
        found.push({ at, length: said.length, quote });
      return found;
    })
    .sort((a, b) => a.at - b.at)
    .slice(0, atMost);
  return places.map(
    ({ at, length, quote }) => `${text.slice(0, at)}${quote}${after}${quote}${text.slice(at + length)}`,
  );
}

/** Everything below the front matter. */
function inTemplate(text: string, after: string): readonly string[] {
  const head = /^---\r?\n[\s\S]*?\r?\n---\r?\n/.exec(text)?.[0];
  return head === undefined ? [] : [`${head}${after}\n`];
}
