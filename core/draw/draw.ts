/** From a journey's table to a picture of it, in the language of whoever draws it. Pure: nothing is asked but the table. */
export { toDot } from './dot.ts';
export { toMermaid } from './mermaid.ts';
export type { Live, Picture } from './drawn.ts';
export { pictureOf } from './picture.ts';
