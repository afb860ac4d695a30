/** How much they have heard from us, window by window, and when there is room again. */
import type { ReactElement } from 'react';
import type { Budget } from '../answers.ts';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { useBudget } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

export function BudgetGauges({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const budget = useBudget(customerId);
  if (!budget) return null;
  return (
    <Part title={words.page.budgetTitle}>
      {budget.windows.map((window) => (
        <Gauge key={`${window.window} ${window.sharedBy ?? ''}`} window={window} />
      ))}
      {budget.may.length > 0 && <May may={budget.may} />}
    </Part>
  );
}

function Gauge({ window }: { readonly window: Budget['windows'][number] }): ReactElement {
  const words = useWords();
  const { say, now } = useMoments();
  const { used, atMost, span, opensAt, freesAt } = window;
  const share = atMost === 0 ? 100 : Math.min(100, (used / atMost) * 100);
  const isFull = used >= atMost;
  const says = words.page.used(used, atMost, words.page.spanOf(span));
  // What is full opens at an instant; of what is not, the next place that becomes free is of no interest.
  const opens = isFull && (opensAt ?? freesAt);
  return (
    <div className={classes['gauge']}>
      <p>
        <span>{window.window}</span> <span className={classes['end']}>{says}</span>
      </p>
      <div
        role="meter"
        aria-label={window.window}
        aria-valuemin={0}
        aria-valuemax={Math.max(atMost, used)}
        aria-valuenow={used}
        aria-valuetext={says}
        className={classes['track']}
        data-full={isFull}
      >
        <div style={{ width: `${share}%` }} />
      </div>
      {isFull && <Quiet>{opens && Date.parse(opens) > now ? words.page.room(say(opens)) : words.page.full}</Quiet>}
    </div>
  );
}

/** Purpose by channel: the next instant at which a machine may write. */
function May({ may }: { readonly may: Budget['may'] }): ReactElement {
  const words = useWords();
  const { say } = useMoments();
  const channels = [...new Set(may.map(({ channel }) => channel))];
  const purposes = [...new Set(may.map(({ purpose }) => purpose))];
  return (
    <div className={classes['wide']} tabIndex={0} role="region" aria-label={words.page.nextFree}>
      <table className={classes['table']}>
        <caption>{words.page.nextFree}</caption>
        <thead>
          <tr>
            <td />
            {channels.map((channel) => (
              <th key={channel} scope="col">
                {words.channels[channel] ?? channel}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {purposes.map((purpose) => (
            <tr key={purpose}>
              <th scope="row">{words.person.purpose[purpose] ?? purpose}</th>
              {channels.map((channel) => {
                const one = may.find((each) => each.purpose === purpose && each.channel === channel);
                return (
                  <td key={channel} data-may={one?.decided}>
                    {one && sayMay(one)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function sayMay({ decided, earliest }: Budget['may'][number]): string {
    if (decided === 'allowed') return words.page.may.allowed;
    return earliest === null ? words.page.may.suppressed : words.page.may.deferred(say(earliest));
  }
}
