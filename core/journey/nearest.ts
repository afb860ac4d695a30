/** "Did you mean …?": the name somebody probably meant. */

/** The sentence, if one of the names is within a third of the letters; undefined if none is that near. */
export function nearest(said: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(said.length / 3)) + 1;
  for (const name of names) {
    const away = distance(said.toLowerCase(), name.toLowerCase());
    if (away < least) [best, least] = [name, away];
  }
  return best === undefined ? undefined : `Did you mean '${best}'?`;
}

/** Letters to insert, drop or change (Levenshtein), two rows at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
