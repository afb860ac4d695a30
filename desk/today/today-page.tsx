/** What the last four weeks were like, one strip a figure over the same days, and one day of them read out. */
import { useState, type ReactElement } from 'react';
import type { Figures } from '../answers.ts';
import { Refused } from '../ask.ts';
import { Figure } from '../plots/figure.tsx';
import { Rows } from '../plots/rows.tsx';
import { Strip } from '../plots/strip.tsx';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { clockOf, useZone } from '../zones.ts';
import { becameOf, channelsIn, makers, reasonsIn } from './over-days.ts';
import { sayDate } from './say-date.ts';
import { strips, type StripOf } from './strips.ts';
import { useFigures } from './use-figures.ts';
import classes from './today.module.css';

type Day = Figures['days'][number];

export function TodayPage(): ReactElement {
  const words = useWords();
  const { data, error } = useFigures();
  if (error && !data)
    return <p className="alone">{error instanceof Refused ? words.failed(error.message) : words.unreachable}</p>;
  if (!data) return <p className="alone">{words.loading}</p>;
  return <Shown figures={data} />;
}

function Shown({ figures: { days, zone: zoneName, now } }: { readonly figures: Figures }): ReactElement {
  const words = useWords();
  const { today } = usePageWords();
  const zone = useZone(zoneName);
  // Counted from today backwards, so that a new day does not move what was chosen.
  const [ago, setAgo] = useState(0);
  const chosen = Math.max(0, days.length - 1 - ago);
  const choose = (index: number): void => setAgo(days.length - 1 - index);
  const missing = days.filter(({ figures }) => figures === null).length;
  const counted = days.flatMap(({ figures }) => figures ?? []);
  const dateOf = (index: number): string => sayDate(days[index]?.date ?? '', words);
  const chosenSays = chosen === days.length - 1 ? `${dateOf(chosen)}, ${today.isToday}` : dateOf(chosen);
  return (
    <div className={classes['page']}>
      <h1>{today.title}</h1>
      <p className={classes['lead']}>
        {today.lead(clockOf(Date.parse(now), zone))} {today.zone(zoneName)}
      </p>
      {missing > 0 && <p role="status">{today.counting(missing)}</p>}
      <div className={classes['axis']}>
        <span />
        <input
          type="range"
          min={0}
          max={days.length - 1}
          value={chosen}
          aria-label={today.choose}
          aria-valuetext={chosenSays}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        />
        <strong>{chosenSays}</strong>
      </div>
      {strips.map((strip) => (
        <OneStrip key={strip.name} strip={strip} days={days} chosen={chosen} onChoose={choose} />
      ))}
      <div className={classes['pair']}>
        <section>
          <h2>{today.reasons.title}</h2>
          <p className={classes['says']}>{today.reasons.says(days.length)}</p>
          <Reasons days={counted} />
        </section>
        <section>
          <h2>{today.channels.title}</h2>
          <p className={classes['says']}>{today.channels.says(days.length)}</p>
          <Channels days={counted} />
        </section>
      </div>
    </div>
  );
}

interface OneStripProps {
  readonly strip: StripOf;
  readonly days: readonly Day[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}
function OneStrip({ strip, days, chosen, onChoose }: OneStripProps): ReactElement {
  const words = useWords();
  const pages = usePageWords();
  const { title, says } = pages.today[strip.name];
  const figures = days[chosen]?.figures;
  const value = figures ? strip.value(figures, pages, words) : '…';
  return (
    <Figure
      title={title}
      says={says}
      value={value}
      table={{
        of: title,
        head: [pages.day, ...strip.columns(pages)],
        rows: days
          .toReversed()
          .map((one) => [
            sayDate(one.date, words),
            ...(one.figures ? strip.cells(one.figures, pages) : strip.columns(pages).map(() => null)),
          ]),
      }}
    >
      <Strip
        label={`${title}. ${says} ${value}.`}
        chosen={chosen}
        onChoose={onChoose}
        sayMost={(amount) =>
          strip.name === 'person' ? words.span(Math.round(amount)) : amount.toLocaleString(pages.locale)
        }
        columns={days.map(({ date, isOver, isWorkingDay, figures: of }) => ({
          key: date,
          isShaded: !isWorkingDay,
          isBegun: !isOver,
          marks: of ? strip.marks(of) : [],
        }))}
      />
    </Figure>
  );
}

type Counted = NonNullable<Day['figures']>;
function Reasons({ days }: { readonly days: readonly Counted[] }): ReactElement {
  const { today } = usePageWords();
  const rows = reasonsIn(days);
  if (rows.length === 0) return <p>{today.reasons.none}</p>;
  return (
    <Rows
      of={today.reasons.title}
      head={[today.reasons.reason, ...becameOf.map((is) => today.reasons[is])]}
      tones={['faint', 'plain', 'soon']}
      rows={rows.map(({ name, parts }) => ({ name: today.gates[name] ?? name, parts }))}
    />
  );
}

function Channels({ days }: { readonly days: readonly Counted[] }): ReactElement {
  const { channels } = useWords();
  const { today } = usePageWords();
  const rows = channelsIn(days);
  if (rows.length === 0) return <p>{today.channels.none}</p>;
  return (
    <Rows
      of={today.channels.title}
      head={[today.channels.channel, ...makers.map((maker) => today.channels[maker])]}
      tones={['plain', 'faint']}
      rows={rows.map(({ name, parts }) => ({ name: channels[name] ?? name, parts }))}
    />
  );
}
