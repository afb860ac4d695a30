/** What came to a team in the last day, hour by hour, beside what is usual. */
import type { ReactElement } from 'react';
import type { Team, Zone } from '../answers.ts';
import { Numbers } from '../plots/figure.tsx';
import { Strip } from '../plots/strip.tsx';
import { usePageWords } from '../words/use-page-words.ts';
import { clockOf } from '../zones.ts';
import classes from './team.module.css';

export function Inflow({
  inflow,
  zone,
}: {
  readonly inflow: Team['inflow'];
  readonly zone: Zone | undefined;
}): ReactElement {
  const { locale, team } = usePageWords();
  const { title, says, value, columns } = team.inflow;
  const came = inflow.reduce((sum, hour) => sum + hour.came, 0);
  const clock = (from: string): string => clockOf(Date.parse(from), zone);
  return (
    <figure className={classes['inflow']}>
      <figcaption>
        <strong>{title}</strong> <span>{says}</span>
      </figcaption>
      <Strip
        label={`${title}. ${says} ${value(came)}.`}
        height={40}
        columns={inflow.map((hour, i) => ({
          key: hour.from,
          isBegun: i === inflow.length - 1,
          marks: [
            { is: 'bar', parts: [{ amount: hour.came, tone: 'plain' }] },
            ...(hour.usual === null || hour.usual === 0 ? [] : [{ is: 'tick', at: hour.usual } as const]),
          ],
        }))}
      />
      <p className={classes['ends']}>
        <span>{clock(inflow[0]?.from ?? '')}</span>
        <span>{value(came)}</span>
        <span>{clock(inflow.at(-1)?.from ?? '')}</span>
      </p>
      <Numbers
        of={title}
        head={columns}
        rows={inflow.map((hour) => [
          clock(hour.from),
          hour.came,
          hour.usual === null ? null : hour.usual.toLocaleString(locale, { maximumFractionDigits: 1 }),
        ])}
      />
    </figure>
  );
}
