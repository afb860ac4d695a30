/** The environment, read once, as one frozen object. Only mains import it. Secrets come from the environment and from nowhere else. */
import type { z } from 'zod';
import { settings } from './settings.ts';

type Settings = typeof settings;
type Read<S> = S extends { reads: infer T extends z.ZodType } ? z.output<T> : never;
/** A setting that is not set and has no default is null. */
export type Config = {
  readonly [K in keyof Settings]: Read<Settings[K]> | (Settings[K] extends { default: string } ? never : null);
};

export interface SettingFault {
  variable: string;
  expected: string;
  /** Missing for a secret. */
  value?: string;
  mend: string;
}
export type ReadConfig = { ok: true; config: Config } | { ok: false; faults: SettingFault[] };

/** All faults at once. An empty variable counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ReadConfig {
  const config: Record<string, unknown> = {};
  const faults: SettingFault[] = [];
  for (const [key, setting] of Object.entries(settings)) {
    const { variable, reads } = setting;
    const written = environment[variable] === '' ? undefined : environment[variable];
    const value = written ?? ('default' in setting ? setting.default : undefined);
    const read = value === undefined ? { success: true as const, data: null } : reads.safeParse(value);
    if (read.success) config[key] = read.data;
    else faults.push(fault(variable, value ?? '', read.error, 'secret' in setting));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: Object.freeze(config) as Config };
}

function fault(variable: string, value: string, error: z.ZodError, secret: boolean): SettingFault {
  const issue = error.issues[0];
  const expected =
    issue?.code === 'invalid_value'
      ? `one of ${issue.values.map(String).join(', ')}`
      : (issue?.message ?? 'another value');
  return { variable, expected, ...(secret ? {} : { value }), mend: `Set ${variable} to ${expected}, or leave it out.` };
}

/** "PORT is '70000', but should be a whole number from 0 to 65535." A line for each fault. */
export const faultLines = (faults: readonly SettingFault[]): string[] =>
  faults.map(({ variable, value, expected, mend }) => {
    const said =
      value === undefined
        ? `${variable} is not what it should be: ${expected}`
        : `${variable} is '${value}', but should be ${expected}`;
    return `${said}. ${mend}`;
  });

export interface SettingLine {
  variable: string;
  default: string | null;
  secret: boolean;
  about: string;
}

/** What the README and `righttouch config` print. */
export const settingsTable = (): SettingLine[] =>
  Object.values(settings).map((setting) => ({
    variable: setting.variable,
    default: 'default' in setting ? setting.default : null,
    secret: 'secret' in setting,
    about: setting.about,
  }));
