/** One part of what is known of a customer: a heading, and what stands under it. */
import { useId, type ReactElement, type ReactNode } from 'react';
import classes from './parts.module.css';

interface PartProps {
  readonly title: string;
  /** Something that should be seen first: it is set off. */
  readonly isLoud?: boolean;
  readonly children: ReactNode;
}

export function Part({ title, isLoud = false, children }: PartProps): ReactElement {
  const id = useId();
  return (
    <section className={classes['part']} data-loud={isLoud} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
export const Quiet = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <p className={classes['quiet']}>{children}</p>
);
