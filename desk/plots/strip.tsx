/** One quiet row of marks over time: each column is a day or an hour, and one of them is chosen. No axis says what the marks do not. */
import { useElementSize } from '@mantine/hooks';
import type { ReactElement } from 'react';
import classes from './plots.module.css';

export type Tone = 'plain' | 'faint' | 'deep' | 'late' | 'soon';

/** Amounts in the units of what is drawn; they may be below zero, and then hang from the line. */
export type Mark =
  /** Stacked away from the line, in their order. */
  | {
      readonly is: 'bar';
      readonly parts: readonly { readonly amount: number; readonly tone: Tone; readonly share?: number }[];
    }
  | { readonly is: 'reach'; readonly at: number; readonly to: number }
  | { readonly is: 'tick'; readonly at: number };

export interface Column {
  readonly key: string;
  readonly marks: readonly Mark[];
  /** Drawn on a shaded ground: a day on which nobody is there. */
  readonly isShaded?: boolean;
  /** It is not over: drawn lighter. */
  readonly isBegun?: boolean;
}

interface StripProps {
  readonly columns: readonly Column[];
  readonly chosen?: number;
  readonly height?: number;
  /** What a screen reader hears instead of it. */
  readonly label: string;
  readonly onChoose?: (index: number) => void;
  /** Says the most that is drawn, as the one number of its scale. */
  readonly sayMost?: (amount: number) => string;
}

const gap = 2;
const pad = 3;

export function Strip({ columns, chosen, height = 46, label, onChoose, sayMost }: StripProps): ReactElement {
  const { ref, width } = useElementSize();
  const step = width / Math.max(columns.length, 1);
  const { up, down } = extent(columns);
  const unit = (height - 2 * pad) / Math.max(up + down, 1);
  const line = pad + up * unit;
  return (
    <div ref={ref} className={classes['strip']}>
      {width > 0 && (
        <svg
          role="img"
          aria-label={label}
          width={width}
          height={height}
          onPointerMove={(event) => {
            if (!onChoose || event.pointerType === 'touch') return;
            const left = event.currentTarget.getBoundingClientRect().left;
            onChoose(Math.min(columns.length - 1, Math.max(0, Math.floor((event.clientX - left) / step))));
          }}
        >
          {columns.map(({ key, isShaded }, i) =>
            isShaded || i === chosen ? (
              <rect
                key={key}
                className={i === chosen ? classes['chosen'] : classes['shaded']}
                x={i * step}
                y={0}
                width={step}
                height={height}
              />
            ) : null,
          )}
          <line className={classes['line']} x1={0} x2={width} y1={line} y2={line} />
          {columns.map(({ key, marks, isBegun }, i) => (
            <g key={key} opacity={isBegun ? 0.7 : 1}>
              {marks.map((mark, n) => (
                <Drawn key={n} mark={mark} x={i * step} step={step} line={line} unit={unit} />
              ))}
            </g>
          ))}
        </svg>
      )}
      {sayMost && up + down > 0 && (
        <span className={classes['most']} aria-hidden="true">
          {sayMost(Math.max(up, down))}
        </span>
      )}
    </div>
  );
}

interface DrawnProps {
  readonly mark: Mark;
  readonly x: number;
  readonly step: number;
  readonly line: number;
  readonly unit: number;
}
function Drawn({ mark, x, step, line, unit }: DrawnProps): ReactElement {
  const wide = Math.max(1.5, Math.min(step - gap, 18));
  const left = x + (step - wide) / 2;
  switch (mark.is) {
    case 'bar': {
      const drawn = [];
      let [up, down] = [0, 0];
      for (const [n, { amount, tone, share }] of mark.parts.entries()) {
        if (amount === 0) continue;
        const high = Math.max(Math.abs(amount) * unit, 1.5);
        const top = amount > 0 ? line - up - high : line + down;
        if (amount > 0) up += high;
        else down += high;
        drawn.push(
          <rect
            key={n}
            className={classes[tone]}
            x={left}
            y={top}
            width={wide}
            height={high}
            {...(share !== undefined && { fillOpacity: share })}
          />,
        );
      }
      return <>{drawn}</>;
    }
    case 'reach': {
      const middle = x + step / 2;
      return (
        <>
          <line
            className={classes['reach']}
            x1={middle}
            x2={middle}
            y1={line - mark.at * unit}
            y2={line - mark.to * unit}
          />
          <circle className={classes['plain']} cx={middle} cy={line - mark.at * unit} r={Math.min(3, step / 3)} />
        </>
      );
    }
    case 'tick':
      return (
        <line
          className={classes['tick']}
          x1={left - 1}
          x2={left + wide + 1}
          y1={line - mark.at * unit}
          y2={line - mark.at * unit}
        />
      );
  }
}

/** How far the marks reach above the line and below it. */
function extent(columns: readonly Column[]): { readonly up: number; readonly down: number } {
  const reaches = columns.flatMap(({ marks }) =>
    marks.map((mark) => {
      if (mark.is !== 'bar') return { up: mark.is === 'reach' ? mark.to : mark.at, down: 0 };
      const sum = (sign: 1 | -1): number =>
        mark.parts.reduce((all, { amount }) => (amount * sign > 0 ? all + amount * sign : all), 0);
      return { up: sum(1), down: sum(-1) };
    }),
  );
  return { up: Math.max(0, ...reaches.map(({ up }) => up)), down: Math.max(0, ...reaches.map(({ down }) => down)) };
}
