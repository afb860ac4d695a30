/** Breaks a text between words so that a shape stays narrow; what has no space to break at is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((w) => w !== '')) {
    for (const piece of pieces(word, width)) {
      if (line !== '' && line.length + 1 + piece.length > width) {
        lines.push(line);
        line = '';
      }
      line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A long word is cut behind a hyphen or a dot if there is one, so that a name can still be read. */
function pieces(word: string, width: number): string[] {
  const letters = Array.from(word);
  if (letters.length <= width) return [word];
  const head = letters.slice(0, width).join('');
  const soft = Math.max(head.lastIndexOf('-'), head.lastIndexOf('.'), head.lastIndexOf('/')) + 1;
  const at = soft > width / 3 ? soft : head.length;
  return [word.slice(0, at), ...pieces(word.slice(at), width)];
}
