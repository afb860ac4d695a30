/** A picture in Graphviz's language: top to bottom, narrow enough for a phone, with large type. */
import { escapeXml } from './escape-xml.ts';
import type { Arrow, Drawn, Group, Picture } from './drawn.ts';
import { stacked } from './stacked.ts';
import { wrap } from './wrap.ts';

/** Tints of colours that people who see few colours tell apart (Okabe and Ito); shape, border and words say the same. */
const looks: Readonly<Record<Drawn['shape'], string>> = {
  begin: 'shape=box style="rounded,filled,bold" fillcolor="#ffffff" color="#222222"',
  message: 'shape=box style=filled fillcolor="#e1eef8" color="#0072b2" penwidth=1.5',
  person: 'shape=box style="filled,bold" peripheries=2 fillcolor="#fdeadb" color="#b34a00"',
  wait: 'shape=box style="rounded,filled,dashed" fillcolor="#fffbe6" color="#6b5900" penwidth=1.5',
  choice: 'shape=octagon style=filled fillcolor="#ffffff" color="#222222" penwidth=1.5 margin="0.02,0.02"',
  promise: 'shape=tab style=filled fillcolor="#e0f4ec" color="#00674c" penwidth=1.5',
  note: 'shape=note style=filled fillcolor="#ffffff" color="#555555" penwidth=1.5',
  system: 'shape=component style=filled fillcolor="#f3e8f6" color="#6c2f7c" penwidth=1.5',
  talk: 'shape=box style="rounded,filled,bold" fillcolor="#e1eef8" color="#0072b2"',
  repeat: 'shape=folder style=filled fillcolor="#ffffff" color="#222222" penwidth=1.5',
  end: 'shape=box style="rounded,filled" fillcolor="#222222" color="#222222" fontcolor="#ffffff" margin="0.1,0.04"',
  jump: 'shape=cds style=filled fillcolor="#f2f2f2" color="#555555" margin="0.24,0.09"',
  ways: 'shape=box style="rounded,filled" fillcolor="#f2f2f2" color="#555555"',
  exits: 'shape=box style="filled,dotted" fillcolor="#ffffff" color="#222222" penwidth=1.5',
};
/** Letters in a line: two shapes beside each other fit a phone. */
const width = 24;
const besideWidth = 15;

/** Without its heading it is a part of a page that says all that itself, on whatever ground the page has. */
export function toDot(picture: Picture, { isBare = false }: { readonly isBare?: boolean } = {}): string {
  const around = isBare
    ? 'bgcolor=transparent fontname="Helvetica" fontsize=14'
    : `bgcolor=white fontname="Helvetica" fontsize=14 labelloc=t labeljust=l label=${heading(picture)}`;
  return [
    `digraph journey {`,
    `graph [rankdir=TB newrank=true ranksep=0.28 nodesep=0.14 pad=0.12 ${around}];`,
    `node [fontname="Helvetica" fontsize=13 margin="0.1,0.06" fontcolor="#111111"];`,
    `edge [fontname="Helvetica" fontsize=12 fontcolor="#111111" color="#333333" arrowsize=0.7 labelfloat=false];`,
    ...picture.groups.flatMap(drawGroup),
    // Arrows that nobody sees keep one group below the other.
    ...stacked(picture.groups).map(
      ({ above, below }) => `${quoted(above)} -> ${quoted(below)} [style=invis weight=0];`,
    ),
    `}`,
    ``,
  ].join('\n');
}

function heading({ name, story, manners, caption }: Picture): string {
  const lines = [
    `<b><font point-size="20">${escapeXml(name)}</font></b>`,
    ...wrap(story ?? '', 50).map(escapeXml),
    ...(manners.length === 0 ? [] : [' ', '<b>Every message, unless it says otherwise</b>']),
    ...manners.flatMap((line) => wrap(line, 50)).map(escapeXml),
    ...wrap(caption ?? '', 52).map((line) => `<b>${escapeXml(line)}</b>`),
    ' ',
  ];
  return `<${lines.join(left)}${left}>`;
}
const left = '<br align="left"/>';

function drawGroup(group: Group): string[] {
  const inside = [...group.nodes.map(drawNode), ...group.arrows.map(drawArrow)];
  if (group.title === null) return inside;
  const title = wrap(group.title, 40).map(escapeXml).join(left);
  return [
    `subgraph ${quoted(`cluster_${group.id}`)} {`,
    `graph [style="rounded" color="#999999" margin=10 fontsize=14 labeljust=l label=<<b>${title}</b>${left}>];`,
    ...inside,
    `}`,
  ];
}

function drawNode({ id, shape, head, name, lines, here }: Drawn): string {
  const isSmall = shape === 'end' || shape === 'jump';
  const said = lines.flatMap((line) => wrap(line, isSmall ? besideWidth : width)).map(escapeXml);
  const rows = [
    `<font point-size="${isSmall ? '10' : '11'}"><b>${escapeXml(head)}</b></font>`,
    ...(name === undefined
      ? []
      : wrap(name, width).map((line) => `<b><font point-size="15">${escapeXml(line)}</font></b>`)),
    ...(isSmall ? said.map((line) => `<b>${line}</b>`) : said),
    ...(here === undefined ? [] : [`<b><font point-size="15">● ${String(here)} here now</font></b>`]),
  ];
  const align = isSmall || shape === 'choice' ? '<br/>' : left;
  return `${quoted(id)} [${looks[shape]} label=<${rows.map((row) => `${row}${align}`).join('')}>];`;
}

function drawArrow({ from, to, says, isNext }: Arrow): string {
  const label = says.flatMap((said, n) => wrap(n < says.length - 1 ? `${said},` : said, besideWidth)).map(escapeXml);
  const words = label.length === 0 ? [] : [`label=<${label.map((line) => `\u00a0${line}\u00a0`).join('<br/>')}>`];
  return `${quoted(from)} -> ${quoted(to)} [${['weight=' + (isNext ? '6' : '1'), ...words].join(' ')}];`;
}

const quoted = (id: string): string => `"${id.replace(/[\\"]/g, '\\$&')}"`;
