/** From Graphviz's language to SVG, by Graphviz itself as WebAssembly: nothing has to be installed, nothing is asked of the network. */
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { toDot, type Picture } from '../../core/draw/draw.ts';
import { escapeXml } from '../../core/draw/escape-xml.ts';

export async function toSvg(picture: Picture): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.layout(toDot(picture), 'svg', 'dot');
  return forEyesAndEars(drawn, picture);
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
    .replace('<svg ', `<svg role="img" aria-label="${label}" style="max-width:100%;height:auto" `);
}
