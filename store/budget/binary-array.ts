/**
 * A column of a batch as PostgreSQL's binary format of a one-dimensional array (`array_send`, `array_recv`). The literal form, '{"a","b"}', is made of
 * escapes that we write and PostgreSQL takes out again: for JSON that took a fifth of the time of a batch here.
 */
const oids = { text: 25, integer: 23, bigint: 20, json: 114, timestamptz: 1184, bytea: 17 } as const;
export type ElementType = keyof typeof oids;

/** Instants are microseconds since 2000 there. */
const year2000Ms = Date.UTC(2000, 0, 1);
/** Below this a loop is faster than a call out of JavaScript. */
const shortText = 48;

// What is being written; copied out when it is whole, since a query may wait for its connection.
let page = Buffer.allocUnsafe(64 * 1024);
let at = 0;

/** Text, numbers and dates as they are, anything as JSON; null and undefined are NULL. */
export function binaryArray(type: ElementType, values: readonly unknown[]): Buffer {
  at = 0;
  room(20);
  for (const header of [values.length === 0 ? 0 : 1, 1, oids[type], values.length, 1]) int32(header);
  for (const value of values) {
    if (value === null || value === undefined) {
      room(4);
      int32(-1);
    } else element(type, value);
  }
  // Without elements there are no dimensions either.
  return Buffer.from(page.subarray(0, values.length === 0 ? 12 : at));
}

function element(type: ElementType, value: unknown): void {
  switch (type) {
    case 'integer':
      room(8);
      int32(4);
      return int32(Number(value));
    case 'bigint':
      return int64(Number(value));
    case 'timestamptz':
      return int64(((value as Date).getTime() - year2000Ms) * 1000);
    case 'json':
      return text(JSON.stringify(value));
    case 'text':
    case 'bytea':
      return text(String(value));
  }
}

function room(bytes: number): void {
  if (at + bytes <= page.length) return;
  const larger = Buffer.allocUnsafe(Math.max(2 * page.length, at + bytes));
  page.copy(larger, 0, 0, at);
  page = larger;
}

function int32(value: number): void {
  at = page.writeInt32BE(value, at);
}

/** A whole number that a double holds exactly. */
function int64(value: number): void {
  room(12);
  int32(8);
  at = page.writeInt32BE(Math.floor(value / 2 ** 32), at);
  at = page.writeUInt32BE(value - Math.floor(value / 2 ** 32) * 2 ** 32, at);
}

function text(value: string): void {
  room(4 + 3 * value.length);
  const begin = at + 4;
  const end = (value.length < shortText ? ascii(value, begin) : null) ?? begin + page.write(value, begin);
  page.writeInt32BE(end - begin, at);
  at = end;
}

/** Null: it is not. */
function ascii(value: string, begin: number): number | null {
  for (let n = 0; n < value.length; n++) {
    const code = value.charCodeAt(n);
    if (code > 127) return null;
    page[begin + n] = code;
  }
  return begin + value.length;
}
