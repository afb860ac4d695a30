/** Who it is, as far as it is on record. */
import type { ReactElement } from 'react';
import type { Customer } from '../answers.ts';
import { useWords } from '../words/use-words.tsx';
import { Part } from './part.tsx';
import classes from './parts.module.css';

export function Who({ customer }: { readonly customer: Customer }): ReactElement {
  const { channels, person, customer: said } = useWords();
  const { addresses, locale, place, accountId, preferredChannel, fields, id } = customer;
  const where = place && [place.postal, place.region, place.country].filter(Boolean).join(' ');
  const rows: (readonly [string, string])[] = [
    ...addresses.map(({ channel, address }) => [channels[channel] ?? channel, address] as const),
    [said.language, locale],
    ...(preferredChannel === null ? [] : [[person.preferred, channels[preferredChannel] ?? preferredChannel] as const]),
    ...(where ? [[person.place, where] as const] : []),
    ...(accountId === null ? [] : [[person.account, accountId] as const]),
    ...Object.entries(fields).map(([field, value]) => [field, String(value)] as const),
    [person.id, id],
  ];
  return (
    <Part title={person.who}>
      <dl className={classes['facts']}>
        {rows.map(([name, value], i) => (
          <div key={`${name} ${i}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
