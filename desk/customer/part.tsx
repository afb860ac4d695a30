/** One part of what is known of a customer: a heading, and what stands under it. */
import { createContext, use, useId, type ReactElement, type ReactNode } from 'react';
import classes from './parts.module.css';

/** The level of its heading: one below that of the page it stands on. */
export const PartLevel = createContext<'h2' | 'h3'>('h3');

interface PartProps {
  readonly title: string;
  /** Something that should be seen first: it is set off. */
  readonly isLoud?: boolean;
  readonly children: ReactNode;
}

export function Part({ title, isLoud = false, children }: PartProps): ReactElement {
  const id = useId();
  const level = use(PartLevel);
  return (
    <section className={classes['part']} data-loud={isLoud} aria-labelledby={id}>
      {level === 'h2' ? <h2 id={id}>{title}</h2> : <h3 id={id}>{title}</h3>}
      {children}
    </section>
  );
}
export const Quiet = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <p className={classes['quiet']}>{children}</p>
);
