import { settingsTable, type SettingLine } from '../../config/config.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { JsonOption } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

/** Every setting there is. It prints no values: some are secrets. */
export function config(io: Io, { json, markdown }: JsonOption & { readonly markdown?: true }): Promise<ExitCode> {
  const settings = settingsTable();
  if (json) printJson(io, { settings });
  else if (markdown) for (const line of asMarkdown(settings)) io.out(line);
  else
    io.out(
      columns(
        ['setting', 'default', 'about'],
        settings.map((each) => [each.variable, each.default, aboutOf(each)]),
      ),
    );
  return Promise.resolve(0);
}

const aboutOf = ({ about, secret }: SettingLine): string => `${about}.${secret ? ' Secret.' : ''}`;

const asMarkdown = (settings: readonly SettingLine[]): string[] => [
  '| Setting | Default | What it is |',
  '| --- | --- | --- |',
  ...settings.map((each) => {
    const standard = each.default === null ? '' : `\`${each.default}\``;
    return `| \`${each.variable}\` | ${standard} | ${aboutOf(each).replaceAll('|', '\\|')} |`;
  }),
];
