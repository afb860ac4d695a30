/** Every step in words: what the picture shows, for whoever reads better than looks, and what is known of it. */
import { useEffect, useRef, type ReactElement } from 'react';
import type { PictureStep, PriceTag, StepVoices } from '../answers.ts';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { useMoment } from './use-moment.ts';
import classes from './journeys.module.css';

export interface StepRow {
  readonly at: PictureStep;
  readonly here: number;
  readonly longestSince: string | null;
  readonly costs: PriceTag['perStep'][number] | null;
  readonly voices: StepVoices['steps'][number] | null;
}

interface StepsTableProps {
  readonly rows: readonly StepRow[];
  readonly chosen: string | null;
  readonly onChoose: (step: string) => void;
  /** Null: who looks may propose nothing. */
  readonly onPropose: ((step: string) => void) | null;
}

export function StepsTable({ rows, chosen, onChoose, onPropose }: StepsTableProps): ReactElement {
  const { field } = useWords();
  const { locale, journeys } = usePageWords();
  const says = journeys.steps;
  const moment = useMoment();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const number = (n: number | undefined): string =>
    n === undefined || n === 0 ? '' : n.toLocaleString(locale, { maximumFractionDigits: 2 });
  return (
    <section>
      <h3>{says.title}</h3>
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={says.title}>
        <table className={classes['steps']}>
          <thead>
            <tr>
              {[says.step, says.here, says.touches, says.minutes, says.field].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, here, longestSince, costs, voices }) => (
              <tr
                key={at.step}
                ref={at.step === chosen ? row : undefined}
                aria-current={at.step === chosen ? 'true' : undefined}
                onClick={() => onChoose(at.step)}
              >
                <th scope="row">
                  {at.step}
                  <span className={classes['time']}>
                    {at.says.toLowerCase()}
                    {at.time !== null && `, ${at.time}`}
                  </span>
                </th>
                <td>
                  {number(here)}
                  {longestSince !== null && here > 0 && (
                    <span className={classes['time']}>{says.longest(moment(longestSince))}</span>
                  )}
                </td>
                <td>{number(costs?.touches)}</td>
                <td>{number(costs?.humanMinutes)}</td>
                <td className={classes['field']}>
                  {voices && field.says(voices.helped, voices.tooLate, voices.shouldNotExist)}
                  {onPropose && (at.time !== null || at.template !== null) && (
                    <button
                      type="button"
                      aria-label={`${field.change}: ${at.step}`}
                      onClick={(event) => {
                        event.stopPropagation();
                        onPropose(at.step);
                      }}
                    >
                      {field.change}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
