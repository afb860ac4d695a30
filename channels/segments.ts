/** GSM 03.38's basic alphabet, and those of its letters that take two places. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  /** What the carrier counts and bills. */
  segments: number;
}

/**
 * How many messages a text is on its way: 160 letters in GSM-7 (153 each where there are several, for the header that
 * joins them), or 70 (67) as soon as one letter is not in that alphabet. No letter is cut in two.
 */
export function countSegments(text: string): Segments {
  const characters = Array.from(text);
  const gsm = characters.every((character) => basic.has(character) || extended.has(character));
  const [alone, joined] = gsm ? [160, 153] : [70, 67];
  const width = (character: string) => (gsm ? (extended.has(character) ? 2 : 1) : character.length);

  let total = 0;
  let segments = 1;
  let used = 0;
  for (const character of characters) {
    const wide = width(character);
    total += wide;
    if (used + wide > joined) {
      segments += 1;
      used = 0;
    }
    used += wide;
  }
  return { encoding: gsm ? 'GSM-7' : 'UCS-2', segments: total <= alone ? 1 : segments };
}
