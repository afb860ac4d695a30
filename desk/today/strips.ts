/** What is drawn of a day, what is read of it, and what stands in the table: one entry a figure. */
import type { DayFigures } from '../answers.ts';
import type { Mark } from '../plots/strip.tsx';
import type { PageWords } from '../words/en-pages.ts';
import type { Words } from '../words/en.ts';

export interface StripOf {
  readonly name: keyof PageWords['today'] &
    ('touches' | 'pestered' | 'crickets' | 'person' | 'promises' | 'waited' | 'mix');
  marks(of: DayFigures): readonly Mark[];
  value(of: DayFigures, words: PageWords, all: Words): string;
  columns(words: PageWords): readonly string[];
  cells(of: DayFigures, words: PageWords): readonly (number | string | null)[];
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
const touchesIn = ({ sent }: DayFigures): number => sum(sent.customers.map((count, i) => count * (i + 1)));
const eachOf = (of: DayFigures): number => (sum(of.sent.customers) === 0 ? 0 : touchesIn(of) / sum(of.sent.customers));
const oneDigit = (n: number, { locale }: PageWords): string =>
  n.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const madeBy = ({ sent }: DayFigures, who: 'tech' | 'human'): number =>
  sum(sent.by.filter((one) => one.madeBy === who).map(({ count }) => count));
const notMade = ({ notMade: all }: DayFigures, is: DayFigures['notMade'][number]['is']): number =>
  sum(all.filter((one) => one.is === is).map(({ touches }) => touches));

export const strips: readonly StripOf[] = [
  {
    name: 'touches',
    marks: ({ sent: { customers } }) => [
      {
        is: 'bar',
        parts: customers.map((amount, i) => ({
          amount,
          tone: 'plain',
          share: 0.35 + (0.65 * i) / (customers.length - 1),
        })),
      },
    ],
    value: (of, words) => words.today.touches.value(sum(of.sent.customers), oneDigit(eachOf(of), words)),
    columns: ({ today: { touches } }) => [
      ...[1, 2, 3, 4, 5, 6].map((count) => touches.column(count, count === 6)),
      touches.mean,
    ],
    cells: (of, words) => [...of.sent.customers, oneDigit(eachOf(of), words)],
  },
  {
    name: 'pestered',
    marks: ({ sent }) => [{ is: 'bar', parts: [{ amount: sent.pestered, tone: 'soon' }] }],
    value: ({ sent }, { today }) => today.pestered.value(sent.pestered),
    columns: ({ today }) => [today.pestered.column],
    cells: ({ sent }) => [sent.pestered],
  },
  {
    name: 'crickets',
    marks: ({ crickets }) => [{ is: 'bar', parts: [{ amount: crickets, tone: 'late' }] }],
    value: ({ crickets }, { today }) => today.crickets.value(crickets),
    columns: ({ today }) => [today.crickets.column],
    cells: ({ crickets }) => [crickets],
  },
  {
    name: 'person',
    marks: ({ toPerson: { medianMinutes, mostMinutes } }) =>
      medianMinutes === null ? [] : [{ is: 'reach', at: medianMinutes, to: mostMinutes ?? medianMinutes }],
    value: ({ toPerson: { medianMinutes, mostMinutes } }, { today }, { span }) =>
      medianMinutes === null
        ? today.person.none
        : today.person.value(span(Math.round(medianMinutes)), span(Math.round(mostMinutes ?? medianMinutes))),
    columns: ({ today }) => today.person.columns,
    cells: ({ toPerson }) => [toPerson.taken, toPerson.medianMinutes, toPerson.mostMinutes],
  },
  {
    name: 'promises',
    marks: ({ promises: { kept, broken } }) => [
      {
        is: 'bar',
        parts: [
          { amount: kept, tone: 'plain' },
          { amount: -broken, tone: 'late' },
        ],
      },
    ],
    value: ({ promises: { kept, broken } }, { today }) =>
      kept + broken === 0 ? today.promises.none : today.promises.value(kept, broken),
    columns: ({ today }) => today.promises.columns,
    cells: ({ promises }) => [promises.kept, promises.broken],
  },
  {
    name: 'waited',
    marks: (of) => [
      {
        is: 'bar',
        parts: [
          { amount: notMade(of, 'waited'), tone: 'faint' },
          { amount: -notMade(of, 'to-person'), tone: 'plain' },
          { amount: -notMade(of, 'not-made'), tone: 'soon' },
        ],
      },
    ],
    value: (of, { today }) =>
      today.waited.value(notMade(of, 'waited'), notMade(of, 'to-person') + notMade(of, 'not-made')),
    columns: ({ today }) => today.waited.columns,
    cells: (of) => [notMade(of, 'waited'), notMade(of, 'to-person'), notMade(of, 'not-made')],
  },
  {
    name: 'mix',
    marks: (of) => [
      {
        is: 'bar',
        parts: [
          { amount: madeBy(of, 'human'), tone: 'plain' },
          { amount: -madeBy(of, 'tech'), tone: 'faint' },
        ],
      },
    ],
    value: (of, { today }) => today.mix.value(madeBy(of, 'human'), madeBy(of, 'tech')),
    columns: ({ today }) => today.mix.columns,
    cells: (of) => [madeBy(of, 'human'), madeBy(of, 'tech')],
  },
];
