/** From Graphviz's language to SVG, by Graphviz itself as WebAssembly: nothing has to be installed, nothing is asked of the network. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { toDot, type Picture } from '../core/draw/draw.ts';
import { escapeXml } from '../core/draw/escape-xml.ts';
import { inDark } from '../core/draw/in-the-dark.ts';

export async function toSvg(picture: Picture): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.layout(toDot(picture), 'svg', 'dot');
  return forEyesAndEars(drawn, picture);
}

/** A picture with the place of each of its steps, as shares of its width and height from its upper left corner. */
export interface PlacedPicture {
  readonly light: string;
  readonly dark: string;
  /** In CSS pixels at the size at which its letters are meant to be read. */
  readonly width: number;
  readonly height: number;
  readonly places: readonly Place[];
}
export interface Place {
  /** As the picture calls it. */
  readonly node: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A picture that stands alone shrinks by itself; on a page the page says how large it is. */
const ownStyle = ' style="max-width:100%;height:auto"';

const pointsAnInch = 72;
/** What `toDot` keeps free around it. */
const padding = 0.12 * pointsAnInch;

/** Without its heading, for a page that says all that itself. It may take a tenth of a second: whoever asks keeps it. */
export async function toPlacedPicture(picture: Picture): Promise<PlacedPicture> {
  const graphviz = await Graphviz.load();
  const dot = toDot(picture, { isBare: true });
  const light = forEyesAndEars(graphviz.layout(dot, 'svg', 'dot'), picture).replace(ownStyle, '');
  const { bb, objects = [] } = JSON.parse(graphviz.layout(dot, 'json', 'dot')) as Laid;
  const [, , right = 0, up = 0] = bb.split(',').map(Number);
  const [width, height] = [right + 2 * padding, up + 2 * padding];
  const places = objects.flatMap(({ name, pos, width: wide, height: high }): Place[] => {
    if (pos === undefined) return [];
    const [x = 0, y = 0] = pos.split(',').map(Number);
    const [w, h] = [Number(wide) * pointsAnInch, Number(high) * pointsAnInch];
    const shares = { left: (x - w / 2 + padding) / width, top: (up - y - h / 2 + padding) / height };
    return [{ node: name, ...shares, width: w / width, height: h / height }];
  });
  // Graphviz counts in points, browsers in pixels.
  return { light, dark: inDark(light), width: (width * 4) / 3, height: (height * 4) / 3, places };
}
/** What Graphviz says of a layout; clusters have no `pos`. Lengths in inches, places in points from the lower left corner. */
interface Laid {
  readonly bb: string;
  readonly objects?: readonly {
    readonly name: string;
    readonly pos?: string;
    readonly width?: string;
    readonly height?: string;
  }[];
}

/**
 * Says what it is to a screen reader, shrinks to the width of a phone, and falls back to another plain face where there is no
 * Helvetica. What names the tool's version is left out, so that a picture changes only when its journey does.
 */
function forEyesAndEars(svg: string, { name, story }: Picture): string {
  const from = svg.indexOf('<svg');
  if (from < 0) throw new Error(`Graphviz answered without a picture: ${svg.slice(0, 200)}`);
  const label = escapeXml(story === null ? `The journey ${name}` : `The journey ${name}. ${story}`);
  return svg
    .slice(from)
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .replace(/font-family="Helvetica[^"]*"/g, 'font-family="Helvetica,Arial,Liberation Sans,sans-serif"')
    .replace('<svg ', `<svg role="img" aria-label="${label}"${ownStyle} `);
}
