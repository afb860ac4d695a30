/** From a journey's table to a picture of it, in the language of whoever draws it. Pure: nothing is asked but the table. */
export { toDot } from './dot.ts';
export { toMermaid } from './mermaid.ts';
export { pictureOf, type Live, type Picture } from './picture.ts';
