/** Amounts by name, the largest first: each a bar beside its number, and the numbers stand under each other to be compared. */
import type { ReactElement } from 'react';
import { usePageWords } from '../words/use-page-words.ts';
import type { Tone } from './strip.tsx';
import classes from './plots.module.css';

interface RowsProps {
  readonly of: string;
  /** Over the names, and over each of the parts. */
  readonly head: readonly string[];
  readonly tones: readonly Tone[];
  readonly rows: readonly { readonly name: string; readonly parts: readonly number[] }[];
}

/** It is a table by itself: bars are drawn behind its numbers. */
export function Rows({ of, head, tones, rows }: RowsProps): ReactElement {
  const { locale } = usePageWords();
  const most = Math.max(1, ...rows.flatMap(({ parts }) => parts));
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={of}>
      <table className={classes['rows']}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, parts }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {parts.map((amount, i) => (
                <td key={head[i + 1]}>
                  <span className={classes['cell']}>
                    <svg
                      className={classes['bar']}
                      width="100%"
                      height="10"
                      aria-hidden="true"
                      preserveAspectRatio="none"
                    >
                      <rect className={classes[tones[i] ?? 'plain']} width={`${(amount / most) * 100}%`} height="10" />
                    </svg>
                    <span className={classes['number']} data-is-none={amount === 0}>
                      {amount.toLocaleString(locale)}
                    </span>
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
