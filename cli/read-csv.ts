/** A table as RFC 4180 has it: commas, and quotes around what has commas, quotes or line ends. Empty lines are none. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const end = (): void => {
    if (row.some((field) => field !== '')) rows.push(row);
    row = [];
  };
  // A field in quotes or plain, and what ends it.
  for (const [, quoted, plain = '', after] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (after !== ',') end();
  }
  return rows;
}
