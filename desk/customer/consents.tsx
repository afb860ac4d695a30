/** What they agreed to, purpose by channel; the stops; and what they asked of us. Of each consent the last word holds. */
import type { ReactElement } from 'react';
import { useLanguage, useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { useConsents, useLimits, useStops } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

export function Consents({ customerId }: { readonly customerId: string }): ReactElement | null {
  const { person, channels } = useWords();
  const all = useConsents(customerId);
  const { say } = useMoments();
  if (!all) return null;
  const last = new Map(all.map((consent) => [`${consent.purpose} ${consent.channel}`, consent]));
  const purposes = [...new Set(all.map(({ purpose }) => purpose))];
  const by = [...new Set(all.map(({ channel }) => channel))];
  return (
    <Part title={person.consents}>
      {all.length === 0 && <Quiet>{person.consentNone}</Quiet>}
      {all.length > 0 && (
        <div className={classes['wide']} tabIndex={0} role="group" aria-label={person.consents}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <td />
                {by.map((channel) => (
                  <th key={channel} scope="col">
                    {channels[channel] ?? channel}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {purposes.map((purpose) => (
                <tr key={purpose}>
                  <th scope="row">{person.purpose[purpose] ?? purpose}</th>
                  {by.map((channel) => {
                    const said = last.get(`${purpose} ${channel}`);
                    return (
                      <td
                        key={channel}
                        data-may={said?.granted ? 'allowed' : 'suppressed'}
                        title={said && `${said.source}, ${say(said.givenAt)}`}
                      >
                        {said === undefined
                          ? person.consent.unsaid
                          : said.granted
                            ? person.consent.yes
                            : person.consent.no}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  );
}

export function StopsAndLimits({ customerId }: { readonly customerId: string }): ReactElement | null {
  const { person, channels } = useWords();
  const language = useLanguage();
  const stops = useStops(customerId);
  const limits = useLimits(customerId);
  if (!stops) return null;
  return (
    <Part title={person.limits}>
      {limits && <p>{limits.history.length === 0 ? person.limitsNone : limits.means[language]}</p>}
      <ul className={classes['rows']}>
        {stops.map(({ channel, reason, at }) => (
          <li key={`${channel} ${at}`}>
            <strong>{person.stops}</strong>
            <span className={classes['said']}>
              {person.stop(channel === 'all' ? person.all : (channels[channel] ?? channel), reason)}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
