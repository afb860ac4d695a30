/** What an event has to say about itself before a run begins with it. */
import { holds } from './holds.ts';
import type { EntryByEvent, Scalar } from './table.ts';

type Fields = Readonly<Record<string, Scalar>>;

/** Without `only`, every event of its name asks for a run. `customer` are the fields of their record. */
export const asksForRun = ({ event, only }: EntryByEvent, data: Fields, customer: Fields): boolean =>
  only === undefined ||
  holds(only, (path) => {
    const [root = '', field = ''] = path.split('.', 2);
    return root === event ? data[field] : root === 'customer' ? customer[field] : undefined;
  });

/** The value that tells a run from others of its journey; null: a customer has one at most. */
export const onceOf = (
  { oncePer }: EntryByEvent,
  data: Fields,
): { readonly field: string; readonly value: string } | null =>
  oncePer === 'customer' ? null : { field: oncePer, value: String(data[oncePer]) };
