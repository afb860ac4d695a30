/** A picture in Mermaid's language, for pages that draw it themselves. No word of anybody's is read as markup. */
import type { Arrow, Drawn, Group, Picture } from './drawn.ts';
import { stacked } from './stacked.ts';
import { wrap } from './wrap.ts';

/** How each shape is written around its words. */
const shapes: Readonly<Record<Drawn['shape'], readonly [string, string]>> = {
  begin: ['([', '])'],
  message: ['[', ']'],
  person: ['[[', ']]'],
  wait: ['(', ')'],
  choice: ['{{', '}}'],
  promise: ['[', ']'],
  note: ['>', ']'],
  system: ['[(', ')]'],
  talk: ['(', ')'],
  repeat: ['[\\', '/]'],
  end: ['([', '])'],
  jump: ['>', ']'],
  ways: ['(', ')'],
  exits: ['[', ']'],
};
const looks: readonly string[] = [
  'classDef message fill:#e1eef8,stroke:#0072b2,color:#111111',
  'classDef talk fill:#e1eef8,stroke:#0072b2,color:#111111,stroke-width:2px',
  'classDef person fill:#fdeadb,stroke:#b34a00,color:#111111,stroke-width:3px',
  'classDef wait fill:#fffbe6,stroke:#6b5900,color:#111111,stroke-dasharray:5 4',
  'classDef promise fill:#e0f4ec,stroke:#00674c,color:#111111,stroke-width:3px',
  'classDef system fill:#f3e8f6,stroke:#6c2f7c,color:#111111',
  'classDef over fill:#222222,stroke:#222222,color:#ffffff',
  'classDef plain fill:#ffffff,stroke:#222222,color:#111111',
];
const classed = new Set(['message', 'talk', 'person', 'wait', 'promise', 'system']);
const width = 28;

export function toMermaid(picture: Picture): string {
  const ids = new Map(
    picture.groups.flatMap(({ nodes }) => nodes.map(({ id }) => id)).map((id, n) => [id, `n${String(n)}`]),
  );
  const idOf = (id: string): string => ids.get(id) ?? 'nowhere';
  return [
    '---',
    `title: ${JSON.stringify(picture.name)}`,
    '---',
    'flowchart TB',
    ...picture.groups.flatMap((group, n) => drawGroup(group, n, idOf)),
    ...about(picture).map((lines, n) => `about${String(n)}[${label(lines)}]:::plain ~~~ n0`),
    ...stacked(picture.groups).map(({ above, below }) => `${idOf(above)} ~~~ ${idOf(below)}`),
    ...looks,
    '',
  ].join('\n');
}

/** What stands above the story. */
const about = ({ manners, caption }: Picture): readonly (readonly string[])[] => [
  ...(manners.length === 0 ? [] : [['Every message, unless it says otherwise', ...manners]]),
  ...(caption === null ? [] : [[caption]]),
];

function drawGroup({ title, nodes, arrows }: Group, n: number, idOf: (id: string) => string): string[] {
  const inside = [
    ...nodes.map((node) => drawNode(node, idOf(node.id))),
    ...arrows.map((arrow) => drawArrow(arrow, idOf)),
  ];
  return title === null ? inside : [`subgraph g${String(n)} [${label([title])}]`, 'direction TB', ...inside, 'end'];
}

function drawNode({ shape, head, name, lines, here }: Drawn, id: string): string {
  const [open, close] = shapes[shape];
  const words = [
    head,
    ...(name === undefined ? [] : [name]),
    ...lines,
    ...(here === undefined ? [] : [`● ${String(here)} here now`]),
  ];
  return `${id}${open}${label(words)}${close}:::${shape === 'end' ? 'over' : classed.has(shape) ? shape : 'plain'}`;
}

const drawArrow = ({ from, to, says }: Arrow, idOf: (id: string) => string): string =>
  `${idOf(from)} -->${says.length === 0 ? '' : `|${label([says.join(', ')])}|`} ${idOf(to)}`;

/** In quotes, with Mermaid's own entities for everything that means something to Mermaid or to HTML. */
const label = (lines: readonly string[]): string =>
  `"${lines
    .flatMap((line) => wrap(line, width))
    .map(escapeMermaid)
    .join('<br/>')}"`;

const special = /[&<>"'#`;|\\{}[\]()]/g;
const escapeMermaid = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are for nobody
  text.replace(/[\u0000-\u001f]/g, ' ').replace(special, (character) => `#${String(character.charCodeAt(0))};`);
