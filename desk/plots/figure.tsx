/** A plot with what it shows in words, and its numbers as a table behind it, for whoever reads better than looks. */
import type { ReactElement, ReactNode } from 'react';
import { usePageWords } from '../words/use-page-words.ts';
import classes from './plots.module.css';

interface FigureProps {
  readonly title: string;
  /** What is drawn, in a sentence: also what a screen reader hears of the picture. */
  readonly says: string;
  /** What it comes to. */
  readonly value: string;
  readonly table: NumbersProps;
  readonly children: ReactNode;
}

export function Figure({ title, says, value, table, children }: FigureProps): ReactElement {
  return (
    <figure className={classes['figure']}>
      <figcaption>
        <h2>{title}</h2>
        <p>{says}</p>
      </figcaption>
      <div className={classes['plot']}>{children}</div>
      <p className={classes['value']}>{value}</p>
      <Numbers {...table} />
    </figure>
  );
}

export interface NumbersProps {
  /** Of the table, for whoever hears it. */
  readonly of: string;
  /** Over the first column, and over the others. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly [name: string, ...cells: (string | number | null)[]])[];
}

export function Numbers({ of, head, rows }: NumbersProps): ReactElement {
  const words = usePageWords();
  return (
    <details className={classes['numbers']}>
      <summary>
        {words.table}
        <span className="unseen">: {of}</span>
      </summary>
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={of}>
        <table>
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
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <td key={head[i + 1]}>{cell === null ? '–' : cell.toLocaleString(words.locale)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
