/**
 * What somebody wrote in a mail, without what their mail program quoted below, above or between. Rules of thumb for what
 * Gmail, Outlook, Apple Mail and Thunderbird write; the full text is kept beside it, so a wrong guess loses nothing.
 */
export function ownWords(fullText: string): string {
  const lines = fullText.replace(/\r\n?/g, '\n').split('\n');
  const own: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^\s*>/.test(line)) continue;
    if (startsForwardedBlock(lines, at)) break;
    const skip = attributionLength(lines, at);
    if (skip > 0) {
      const below = lines.slice(at + skip).find((next) => next.trim() !== '');
      // Where quoted lines are marked, the words go on after them; where they are not, all below is quoted.
      if (below === undefined || !/^\s*>/.test(below)) break;
      at += skip - 1;
      continue;
    }
    if (line === '-- ') break;
    own.push(line);
  }
  return own
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const attributions = [
  /^On .{6,300} wrote:$/,
  /^Am .{6,300} schrieb.{0,200}:$/,
  /^Le .{6,300} a écrit\s*:$/,
  /^El .{6,300} escribió:$/,
  /^Il .{6,300} ha scritto:$/,
  /^Op .{6,300} schreef.{0,200}:$/,
];

/** How many lines 'On … wrote:' takes here, as mail programs wrap it; 0 where it is not one. */
function attributionLength(lines: string[], at: number): number {
  if (!/^\s*(On|Am|Le|El|Il|Op) /.test(lines[at] ?? '')) return 0;
  for (const length of [1, 2, 3]) {
    const joined = lines
      .slice(at, at + length)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (attributions.some((shape) => shape.test(joined))) return length;
  }
  return 0;
}

function startsForwardedBlock(lines: string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  if (/^-{2,}\s*(Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original)\s*-{2,}$/i.test(line))
    return true;
  // Outlook marks nothing, but repeats the headers of what it quotes.
  const headers = /^\*?(From|Von|De|Da|Van|Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden)\s?:\*?\s/;
  return headers.test(line) && headers.test((lines[at + 1] ?? '').trim());
}
