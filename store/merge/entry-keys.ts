/** What there may be one run of, when two customers' runs become one's. */
import type { Tx } from '../open.ts';

/** A run of each that is of the same thing: both go on, and their company is told. */
export interface Doubled {
  readonly journey: string;
  readonly value: string;
}

/**
 * The runs of the one record stand under the other's key from now on, so that the same order or inquiry begins no second run under the new
 * id. Where both have had a run of it already, both stay as they are: no run is cut short, and it begins no third one. The one that comes
 * second is numbered like a run that was entered again.
 */
export async function rekey(tx: Tx, from: string, into: string): Promise<readonly Doubled[]> {
  const theirs = await tx
    .selectFrom('enrolments')
    .select(['id', 'journey', 'entry_key'])
    .where('customer_id', '=', from)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  if (theirs.length === 0) return [];
  const taken = new Set(
    (await tx.selectFrom('enrolments').select(['journey', 'entry_key']).where('customer_id', '=', into).execute()).map(
      ({ journey, entry_key }) => nameOf(journey, entry_key),
    ),
  );
  const doubled: Doubled[] = [];
  for (const { id, journey, entry_key } of theirs) {
    if (!entry_key.startsWith(`${from}/`)) continue;
    const value = valueIn(entry_key.slice(from.length + 1), from, into);
    let key = `${into}/${value}`;
    if (taken.has(nameOf(journey, key))) {
      const base = key.replace(/#\d+$/, '');
      let nth = 2;
      while (taken.has(nameOf(journey, `${base}#${String(nth)}`))) nth += 1;
      key = `${base}#${String(nth)}`;
      doubled.push({ journey, value });
    }
    taken.add(nameOf(journey, key));
    await tx.updateTable('enrolments').set({ entry_key: key }).where('id', '=', id).execute();
  }
  return doubled;
}

const nameOf = (journey: string, key: string): string => JSON.stringify([journey, key]);

/** Of a journey that a customer is in once, the value is the customer. */
const valueIn = (value: string, from: string, into: string): string =>
  value === from || value.startsWith(`${from}#`) ? into + value.slice(from.length) : value;
