/** Colours that can be read: Mantine's own buttons and badges have too little contrast on some grounds. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#ecfeff',
  '#d5f3f9',
  '#a9e4ef',
  '#74d0e1',
  '#3fb3ca',
  '#1f93ac',
  '#157a91',
  '#155e75',
  '#164e63',
  '#0f3a4b',
];

export const theme = createTheme({
  colors: { teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.18,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'sm',
  respectReducedMotion: true,
});
