/** The picture that `righttouch draw` draws, with who stands where laid over it. As an image an SVG runs nothing, whatever it holds. */
import { useComputedColorScheme } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Picture } from '../answers.ts';
import { usePageWords } from '../words/use-page-words.ts';
import type { StepRow } from './steps-table.tsx';
import classes from './journeys.module.css';

interface PictureLiveProps {
  readonly name: string;
  readonly picture: Picture;
  readonly rows: readonly StepRow[];
  readonly chosen: string | null;
  readonly onChoose: (step: string) => void;
}

const percent = (share: number): string => `${share * 100}%`;

export function PictureLive({ name, picture, rows, chosen, onChoose }: PictureLiveProps): ReactElement {
  const { locale, journeys: says } = usePageWords();
  const svg = useComputedColorScheme('light') === 'dark' ? picture.dark : picture.light;
  return (
    <div className={classes['picture']} style={{ width: picture.width, aspectRatio: `${picture.width} / ${picture.height}` }}>
      <img src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`} alt={says.pictureOf(name)} />
      {rows.map(({ at, here }) => (
        <button
          key={at.step}
          type="button"
          className={classes['place']}
          aria-pressed={at.step === chosen}
          aria-label={here > 0 ? `${at.step}: ${says.here(here)}` : at.step}
          style={{ left: percent(at.left), top: percent(at.top), width: percent(at.width), height: percent(at.height) }}
          onClick={() => onChoose(at.step)}
        >
          {here > 0 && <span className={classes['here']}>{here.toLocaleString(locale)}</span>}
        </button>
      ))}
    </div>
  );
}
