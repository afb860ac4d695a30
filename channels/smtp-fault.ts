import type { Sent } from './channel.ts';

/** What nodemailer tells about a delivery that failed. */
export interface SmtpFault {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
}

/**
 * What a failed SMTP delivery means. RFC 5321 draws the line at the final dot: a server that has not seen it must drop
 * what it has, and one that has seen it may have taken the mail even if its answer never came.
 *
 * @param handedOver whether the final dot may have left us
 */
export function judgeSmtpFault(fault: SmtpFault, handedOver: boolean): Exclude<Sent, { result: 'sent' }> {
  const { code = 'ESMTP', responseCode } = fault;
  // Servers repeat addresses in their answers, so only the numbers are kept.
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(fault.response ?? '')?.[1];
  const answer = responseCode === undefined ? code : [responseCode, enhanced].filter(Boolean).join(' ');
  const detail = `SMTP ${answer}${fault.command ? ` at ${fault.command.split(' ')[0] ?? ''}` : ''}`;

  if (responseCode !== undefined) {
    // A 5xx to our greeting or password is about us, not about this mail: it would be wrong to give the mail up for it.
    const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
    if (responseCode >= 500 && aboutThisMail) return { result: 'rejected', code: String(responseCode), detail };
    return { result: 'later', retryAfterMs: null, code: String(responseCode), detail };
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { result: 'rejected', code, detail };
  if (handedOver) return { result: 'unknown', code, detail: `${detail}, after the mail was handed over` };
  return { result: 'later', retryAfterMs: null, code, detail };
}
