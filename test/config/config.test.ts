import { describe, expect, it } from '@jest/globals';
import { faultLines, readConfig, settingsTable } from '../../config/config.ts';
import { createLogger } from '../../config/logger.ts';

describe('The configuration', () => {
  it('has defaults, and is frozen', () => {
    const read = readConfig({});
    if (!read.ok) throw new Error('The defaults are refused');
    expect(read.config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: null,
      databaseSchema: 'righttouch',
      taskQueue: 'righttouch',
      logLevel: 'info',
      prettyLogs: false,
    });
    expect(Object.isFrozen(read.config)).toBe(true);
  });
  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      ok: true,
      config: { port: 3000, databaseUrl: null },
    });
  });
  it('tells all faults at once, and never a secret', () => {
    const read = readConfig({
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      DATABASE_SCHEMA: 'Right Touch',
      DEFAULT_COUNTRY: 'Germany',
    });
    if (read.ok) throw new Error('It was taken');
    expect(read.faults.map((fault) => fault.variable).sort()).toEqual([
      'DATABASE_SCHEMA',
      'DATABASE_URL',
      'DEFAULT_COUNTRY',
      'LOG_LEVEL',
      'PORT',
    ]);
    expect(faultLines(read.faults).join('\n')).not.toContain('hunter2');
    expect(faultLines(read.faults)).toContain(
      "PORT is '70000', but should be a whole number from 0 to 65535. Set PORT to a whole number from 0 to 65535, or leave it out.",
    );
  });
  it('lists every setting with what it means', () => {
    const table = settingsTable();
    expect(new Set(table.map((line) => line.variable)).size).toBe(table.length);
    for (const line of table) expect(line.about.length).toBeGreaterThan(10);
    expect(
      table
        .filter((line) => line.secret)
        .map((line) => line.variable)
        .sort(),
    ).toEqual([
      ...['DATABASE_URL', 'NOTICE_WEBHOOK_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'],
      ...['SMTP_URL', 'TWILIO_AUTH_TOKEN'],
    ]);
  });
});

describe('The log', () => {
  const log = (write: (logger: ReturnType<typeof createLogger>) => void): string => {
    const lines: string[] = [];
    write(createLogger({ level: 'info', to: { write: (line: string) => void lines.push(line) } }));
    return lines.join('');
  };
  it('hides who somebody is, what they wrote, and what opens doors, however deep', () => {
    const line = log((logger) => {
      logger.info(
        {
          customer: { id: 'c-1', firstName: 'Canary', addresses: ['canary@example.com'] },
          message: { body: 'Canary' },
          headers: { authorization: 'Canary' },
          a: { b: { text: 'Canary' } },
        },
        'Something happened',
      );
    });
    expect(line).toContain('c-1');
    expect(line).toContain('Something happened');
    expect(line).not.toMatch(/canary/i);
  });
  it('tells where an error of PostgreSQL is, and not the values it quotes', () => {
    const error = Object.assign(new Error("invalid input: 'canary'"), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'canary',
      constraint: 'one_open',
    });
    const line = log((logger) => {
      logger.error({ err: error }, 'It failed');
    });
    expect(line).toMatch(/"code":"22P02".*"constraint":"one_open"/);
    expect(line).not.toContain('canary');
  });
  it('keeps the messages of our own errors', () => {
    expect(
      log((logger) => {
        logger.error({ err: new Error('Task T-12 is gone') }, 'It failed');
      }),
    ).toContain('Task T-12 is gone');
  });
});
