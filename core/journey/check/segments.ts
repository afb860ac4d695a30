/** How many parts an SMS takes, as far as its fixed letters tell. */
import type { Fault } from '../fault.ts';
import type { Template } from '../template.ts';

/** GSM 03.38 without its extension table: one character outside, and every part holds 67 letters instead of 153. */
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/u;
/** What a variable is taken to be: a first name, a day and a time. */
const typical = 'Friday 24 Oct, 17:00';

export function tooManySegments({ channels, body }: Template): readonly Fault[] {
  if (!channels.sms) return [];
  const { segments = 1, text = body } = channels.sms;
  const said = text
    .replace(/\{%[\s\S]*?%\}/g, '')
    .replace(/\{\{[\s\S]*?\}\}/g, typical)
    .trim();
  const plain = gsm.test(said);
  const [alone, each] = plain ? [160, 153] : [70, 67];
  const takes = said.length <= alone ? 1 : Math.ceil(said.length / each);
  if (takes <= segments) return [];
  const strange = plain ? '' : ` A part holds fewer letters because of '${[...said].find((c) => !gsm.test(c)) ?? ''}'.`;
  return [
    {
      problem: `its SMS takes ${takes} parts, and says ${segments}.${strange}`,
      mend: `Shorten it, give sms a text of its own, or write segments: ${takes}.`,
    },
  ];
}
