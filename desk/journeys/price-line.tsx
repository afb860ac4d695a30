/** What a journey asks of a typical customer and of our own people, as on a price tag. */
import type { ReactElement } from 'react';
import type { PriceTag } from '../answers.ts';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import classes from './journeys.module.css';

export function PriceLine({ price }: { readonly price: PriceTag | undefined }): ReactElement {
  const { locale, journeys } = usePageWords();
  const { span } = useWords();
  const says = journeys.price;
  const said = (n: number): string => n.toLocaleString(locale, { maximumFractionDigits: 1 });
  if (!price) return <p className={classes['tag']}>{says.counting}</p>;
  const worst = price.touchesRepeat ? says.endless : says.worst(price.touchesWorst);
  return (
    <p className={classes['tag']} title={says.says}>
      <span className="unseen">{says.title}: </span>
      <span>
        <strong>{says.touches(said(price.touchesTypical))}</strong> ({worst})
      </span>
      <span>
        <strong>{says.minutes(said(price.humanMinutesTypical))}</strong>
      </span>
      <span>
        <strong>{price.hoursToPerson === null ? says.noPerson : says.person(span(Math.round(price.hoursToPerson * 60)))}</strong>
      </span>
      <span className="unseen">{says.says}</span>
    </p>
  );
}
