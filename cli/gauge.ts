/** A window as it is drawn: '#' is used, '=' kept for some, '.' free. Readable without colour, and no wider than 80 columns. */
const width = 20;
const wide = 80;

export interface Drawn {
  readonly window: string;
  readonly span: string;
  readonly used: number;
  readonly atMost: number;
  readonly kept: { readonly cost: number; readonly for: readonly string[] } | null;
  readonly over: string;
  readonly sharedBy: string | null;
}

/** 'a week                 [######....====]  6 of 10 in 7 days', and behind it what is to be known of it. */
export function drawGauge(drawn: Drawn, notes: readonly string[]): string[] {
  const { window, span, used, atMost, sharedBy } = drawn;
  const name = window.length > 24 ? `${window.slice(0, 23)}…` : window.padEnd(24);
  const said = span.startsWith('calendar') ? `in one ${span}` : `in ${span}`;
  const by = sharedBy === null ? '' : `, by all of their ${sharedBy}`;
  return [
    `${name} [${barOf(drawn)}] ${String(used)} of ${String(atMost)} ${said}`.slice(0, wide),
    ...[...notes, ...(by === '' ? [] : [by.slice(2)])].flatMap((note) => wrapped(note, '    ')),
  ];
}

export function barOf({ used, atMost, kept }: Pick<Drawn, 'used' | 'atMost' | 'kept'>): string {
  if (atMost <= 0) return '#'.repeat(width);
  const cells = (cost: number): number => Math.round((Math.min(cost, atMost) / atMost) * width);
  // Something used is seen, however little of the window it is; and what is not full never looks so.
  const full = used <= 0 ? 0 : used >= atMost ? width : Math.min(width - 1, Math.max(1, cells(used)));
  const held = Math.min(width - full, kept === null ? 0 : cells(kept.cost));
  return '#'.repeat(full) + '.'.repeat(width - full - held) + '='.repeat(held);
}

/** Words that do not fit go on in the next line, under the first. */
export function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > wide) {
      lines.push(line);
      line = indent;
    }
    line += line.length === indent.length ? word : ` ${word}`;
  }
  return [...lines, line];
}
