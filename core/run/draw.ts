/** A stable draw: the same text falls into the same place for ever, in every version and on every machine. */

/**
 * MurmurHash3 of the text's UTF-8, x86, 32 bits, seed 0: public domain, by Austin Appleby
 * (https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp). Returns 0 to 2^32 - 1.
 */
export function murmur3(text: string): number {
  const bytes = utf8(text);
  const whole = bytes.length & ~3;
  let hash = 0;
  for (let i = 0; i < whole; i += 4) {
    hash ^= scrambled(word(bytes, i, 4));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (bytes.length > whole) hash ^= scrambled(word(bytes, whole, bytes.length - whole));
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The arm that falls to this text. Arms are laid out by name, not as they were written: their order says nothing.
 * What the shares leave over belongs to the last one.
 */
export function drawn(text: string, shares: Readonly<Record<string, number>>): string | null {
  const arms = Object.entries(shares)
    .filter(([, share]) => share > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const total = arms.reduce((sum, [, share]) => sum + share, 0);
  let left = (murmur3(text) / 2 ** 32) * total;
  for (const [arm, share] of arms) {
    if (left < share) return arm;
    left -= share;
  }
  return arms.at(-1)?.[0] ?? null;
}

const word = (bytes: readonly number[], from: number, length: number): number => {
  let value = 0;
  for (let i = 0; i < length; i++) value |= (bytes[from + i] ?? 0) << (8 * i);
  return value;
};
function scrambled(value: number): number {
  const mixed = Math.imul(value, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

/** By hand, because this also runs where no TextEncoder is. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else {
      const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes.push(((0xff00 >> (more + 1)) & 0xff) | (code >> (6 * more)));
      for (let i = more - 1; i >= 0; i--) bytes.push(0x80 | ((code >> (6 * i)) & 0x3f));
    }
  }
  return bytes;
}
