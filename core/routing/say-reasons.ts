import type { Reason } from './route.ts';

/** 'They had to do with Ana before; speaks de; has 1 of 4 tasks'. */
export const sayReasons = (agent: string, reasons: readonly Reason[]): string[] =>
  reasons.map((reason) => sayReason(agent, reason));

function sayReason(agent: string, reason: Reason): string {
  switch (reason.is) {
    case 'speaks':
      return `speaks ${reason.language}`;
    case 'nobody-speaks':
      return `nobody who has room speaks ${reason.language}`;
    case 'skilled':
      return `knows ${reason.in.join(' and ')}`;
    case 'known':
      return `the customer knows ${agent}`;
    case 'room':
      return `has ${String(reason.has)} of ${String(reason.of)} tasks`;
    case 'shares':
      return `both like ${reason.likes.join(' and ')}`;
  }
}
