/** What was found, as a person or as GitHub reads it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../core/journey/fault.ts';
import type { Explored } from '../core/explore/explored.ts';
import { asCommandFault, type TimedExploration } from './check-project.ts';

export type Placed = Fault & { readonly line?: number };

/** The line on which a step is written, by its id; of a journey, by its name. */
export async function placed(folder: string, faults: readonly Fault[]): Promise<readonly Placed[]> {
  const texts = new Map<string, string>();
  const place = async (fault: Fault): Promise<Placed> => {
    const { file, step, journey } = fault;
    const name = step ?? journey;
    if (file === undefined || name === undefined || !file.endsWith('.ts')) return fault;
    const text = texts.get(file) ?? (await readFile(join(folder, file), 'utf8').catch(() => ''));
    texts.set(file, text);
    const line = text.split('\n').findIndex((said) => said.includes(`('${name}'`)) + 1;
    return line > 0 ? { ...fault, line } : fault;
  };
  return Promise.all(faults.map(place));
}

export function saysFault({ line, ...fault }: Placed): string {
  const file = fault.file !== undefined && line !== undefined ? { file: `${fault.file}:${line}` } : {};
  return asCommandFault({ ...fault, ...file }).says;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function asAnnotation(fault: Placed, folder: string): string {
  const { file, line } = fault;
  const escaped = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = (text: string): string => escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const where = [
    ...(file === undefined ? [] : [`file=${property(join(folder, file))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
  ];
  const { file: _, ...rest } = fault;
  return `::error${where.length > 0 ? ` ${where.join(',')}` : ''}::${escaped(asCommandFault(rest).says)}`;
}

/** "starter: 1 touch at worst, 0.99 typical · 4 human minutes · a person after 20 h · 55 moments in 24 ms". */
export function priceTag({ journey, price, moments, ms }: TimedExploration): string {
  const worst = price.touchesRepeat
    ? 'no end to the touches at worst'
    : `${price.touchesWorst} ${price.touchesWorst === 1 ? 'touch' : 'touches'} at worst`;
  const person = price.hoursToPerson === null ? 'no person' : `a person after ${price.hoursToPerson} h`;
  return `${journey}: ${price.steps} steps · ${worst}, ${price.touchesTypical} typical · ${price.humanMinutesTypical} human minutes · ${person} · ${moments} moments in ${ms} ms`;
}

/** "  arrived +0.99 touches · forgotten +4.1 minutes": what each step adds; null if none does. */
export function stepsOf({ price }: Explored): string | null {
  const parts = Object.entries(price.perStep).flatMap(([id, { touches, humanMinutes }]) => {
    const adds = [
      ...(touches > 0 ? [`+${String(touches)} touches`] : []),
      ...(humanMinutes > 0 ? [`+${String(humanMinutes)} minutes`] : []),
    ];
    return adds.length === 0 ? [] : [`${id} ${adds.join(' ')}`];
  });
  return parts.length === 0 ? null : `  ${parts.join(' · ')}`;
}

/** What this engine cannot run yet, a line each, and in one line what was not walked on purpose: nothing is left out silently. */
export function noticesOf(explored: readonly Explored[]): readonly string[] {
  const notices = explored.flatMap(({ journey, notices: own }) => own.map((said) => `journey '${journey}': ${said}`));
  const parts = [...new Set(explored.flatMap(({ leftOut }) => leftOut))].map((part) => {
    const having = explored.filter(({ leftOut }) => leftOut.includes(part)).map(({ journey }) => journey);
    return `${part} (${having.join(', ')})`;
  });
  return parts.length === 0 ? notices : [...notices, `Not walked, by design: ${parts.join('; ')}.`];
}
