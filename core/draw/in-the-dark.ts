/** The colours of a picture on a dark ground: the same tints, and enough contrast for their words. */
const inTheDark: Readonly<Record<string, string>> = {
  '#ffffff': '#1b222a',
  '#111111': '#e8edf2',
  '#222222': '#c9d3dd',
  '#333333': '#a5b2bf',
  '#555555': '#93a1af',
  '#999999': '#5a6875',
  '#f2f2f2': '#232c36',
  '#e1eef8': '#15324a',
  '#0072b2': '#6cb8ea',
  '#fdeadb': '#46290f',
  '#b34a00': '#ff9d52',
  '#fffbe6': '#39331a',
  '#6b5900': '#d9c15a',
  '#e0f4ec': '#123a2e',
  '#00674c': '#5fcfa9',
  '#f3e8f6': '#372340',
  '#6c2f7c': '#d59be6',
};

const words = '#e8edf2';
const onLight = '#14191f';

/** Of a picture as SVG. What is white on black becomes black on white, so that an ending stays the heaviest shape. */
export const inDark = (svg: string): string =>
  svg
    .replace(/<text(?![^>]* fill=)/g, `<text fill="${words}"`)
    .replace(/(<text[^>]* fill=")#ffffff"/g, `$1${onLight}"`)
    .replace(/#[0-9a-f]{6}/g, (colour) => inTheDark[colour] ?? colour);
