/** Two weeks of a team, a line a day: when somebody is there, on the wall of their zone. */
import { useElementSize } from '@mantine/hooks';
import type { ReactElement } from 'react';
import type { Team, Zone } from '../answers.ts';
import { useNow } from '../clock.ts';
import { sayDate } from '../today/say-date.ts';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { clockOf, useZone } from '../zones.ts';
import classes from './team.module.css';

type Day = Team['calendar'][number];
const minutesOfDay = 1_440;

export function Calendar({ team }: { readonly team: Team }): ReactElement {
  const words = useWords();
  const { team: says } = usePageWords();
  const zone = useZone(team.zone);
  const { ref, width } = useElementSize();
  return (
    <div className={classes['calendar']}>
      <p className={classes['says']}>{says.calendar.says(team.zone)}</p>
      <table>
        <thead className="unseen">
          <tr>
            <th scope="col">{says.calendar.columns[0]}</th>
            <th scope="col" colSpan={2}>
              {says.calendar.columns[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {team.calendar.map((day, i) => (
            <tr key={day.date} data-is-closed={day.open.length === 0}>
              <th scope="row">{sayDate(day.date, words)}</th>
              <td className={classes['track']}>
                <div ref={i === 0 ? ref : undefined}>
                  <Hours day={day} zone={zone} width={width} isToday={i === 0} />
                </div>
              </td>
              <td>{sayOpen(day, zone, says)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Hours({
  day,
  zone,
  width,
  isToday,
}: {
  readonly day: Day;
  readonly zone: Zone | undefined;
  readonly width: number;
  readonly isToday: boolean;
}): ReactElement {
  const now = useNow(60_000);
  const x = (at: number): number => (minutesOn(at, zone) / minutesOfDay) * width;
  return (
    <svg width={width} height={12} aria-hidden="true">
      <line className={classes['base']} x1={0} x2={width} y1={6} y2={6} />
      {day.open.map(({ from, to }) => {
        const [left, right] = [x(Date.parse(from)), x(Date.parse(to))];
        // What goes on over midnight is drawn to the end of its day.
        const end = right <= left ? width : right;
        return <rect key={from} className={classes['open']} x={left} y={3} width={end - left} height={6} />;
      })}
      {isToday && <line className={classes['now']} x1={x(now)} x2={x(now)} y1={0} y2={12} />}
    </svg>
  );
}

function minutesOn(at: number, zone: Zone | undefined): number {
  const [hour = 0, minute = 0] = clockOf(at, zone).split(':').map(Number);
  return hour * 60 + minute;
}

function sayOpen(day: Day, zone: Zone | undefined, says: ReturnType<typeof usePageWords>['team']): string {
  const hours = day.open.map(({ from, to }) => `${clockOf(Date.parse(from), zone)}–${clockOf(Date.parse(to), zone)}`);
  if (day.open.length > 0) return [hours.join(', '), day.holiday].filter(Boolean).join(' · ');
  return day.holiday ?? (day.isDayOff ? says.calendar.dayOff : says.calendar.closed);
}
