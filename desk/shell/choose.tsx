/** One of several, in the browser's own list: it is worked by keyboard and by thumb alike. */
import type { ReactElement } from 'react';
import classes from './form.module.css';

interface ChooseProps {
  readonly label: string;
  readonly of: readonly { readonly value: string; readonly says: string }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
  readonly autoFocus?: boolean;
}

export function Choose({ label, of, chosen, onChoose, autoFocus = false }: ChooseProps): ReactElement {
  return (
    <label className={classes['field']}>
      <span>{label}</span>
      <select
        className={classes['select']}
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
        autoFocus={autoFocus}
      >
        {of.map(({ value, says }) => (
          <option key={value} value={value}>
            {says}
          </option>
        ))}
      </select>
    </label>
  );
}
