/** What somebody would change of one step of a journey: a wait, or the words of what it says. */
import type { Template } from './template.ts';
import type { Journey, StepId } from './table.ts';
import type { TableStep } from './table-steps.ts';

/** Fields of steps that say a time. */
export const timeFields = ['until', 'due', 'within', 'at', 'every'] as const;
export type TimeField = (typeof timeFields)[number];

export type StepChange =
  | { readonly is: 'wait'; readonly field: TimeField; readonly before: string; readonly after: string }
  | {
      readonly is: 'wording';
      readonly template: string;
      readonly locale: string;
      /** Whole texts in Liquid. */
      readonly before: string;
      readonly after: string;
    };

/** The time that a step says, if it says one. */
export function timeOf(step: TableStep): { readonly field: TimeField; readonly said: string } | null {
  for (const field of timeFields) {
    const said: unknown = field in step ? step[field as keyof TableStep] : undefined;
    if (typeof said === 'string') return { field, said };
  }
  return null;
}

interface Written {
  readonly journey: Journey;
  readonly templates: readonly Template[];
}
/** The same with the change made; null where what it would change is not what it was made for. */
export function withChange<W extends Written>(whole: W, step: StepId, change: StepChange): W | null {
  if (change.is === 'wording') {
    const isIt = ({ name, locale }: Template): boolean => name === change.template && locale === change.locale;
    const found = whole.templates.find(isIt);
    if (found?.body !== change.before) return null;
    return { ...whole, templates: whole.templates.map((t) => (isIt(t) ? { ...t, body: change.after } : t)) };
  }
  const at = whole.journey.steps[step];
  const time = at && timeOf(at);
  if (!at || time?.field !== change.field || time.said !== change.before) return null;
  const steps = { ...whole.journey.steps, [step]: { ...at, [change.field]: change.after } };
  return { ...whole, journey: { ...whole.journey, steps } };
}
