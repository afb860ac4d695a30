import Table from 'cli-table3';

const bare = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
] as const;
const between = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'] as const;
const noLines = Object.fromEntries([...bare, ...between].map((place) => [place, '']));

/** Rows under a head, without lines: easy to read, to cut and to grep. */
export function columns(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 2 };
  const table = new Table({ head: [...head], chars: noLines, style });
  table.push(...rows.map((row) => row.map((cell) => String(cell ?? '–'))));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
