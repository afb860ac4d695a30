import { domainToASCII } from 'node:url';
import { type CountryCode, isSupportedCountry, ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/max';
import { z } from 'zod';
import type { Channel } from './channel.ts';

export type ReadAddress = { ok: true; address: string } | { ok: false; problem: string };

/**
 * One spelling for each address, so that two records of one customer meet and a reply finds who wrote it: e-mail in lower
 * case with an ASCII domain, phone numbers in E.164. Problems don't repeat the address: whoever asked still has it.
 *
 * @param defaultCountry ISO 3166 code for numbers written without one, such as `DE`
 */
export function readAddress(channel: Channel, raw: string, defaultCountry?: string): ReadAddress {
  switch (channel) {
    case 'email':
      return readEmail(raw);
    case 'sms':
    case 'whatsapp':
    case 'voice':
      return readPhone(channel, raw, defaultCountry);
    case 'push':
    case 'chat':
      return /^[\x21-\x7e]{1,500}$/.test(raw)
        ? { ok: true, address: raw }
        : { ok: false, problem: `A ${channel} address is 1 to 500 printable characters without spaces.` };
  }
}

const emailShape = z.email().max(254);

function readEmail(raw: string): ReadAddress {
  const trimmed = raw.trim();
  const at = trimmed.lastIndexOf('@');
  const domain = at < 1 ? '' : domainToASCII(trimmed.slice(at + 1));
  // Local parts may tell upper from lower case by the letter of RFC 5321; no mailbox provider of note does.
  const address = `${trimmed.slice(0, Math.max(at, 0))}@${domain}`.toLowerCase();
  if (domain === '' || !emailShape.safeParse(address).success) {
    return { ok: false, problem: 'An e-mail address looks like name@example.com, without a display name.' };
  }
  return { ok: true, address };
}

/** Kinds of numbers that nobody's mobile has: writing to them costs money and reaches no one. */
const unreachable = new Set(['PREMIUM_RATE', 'SHARED_COST', 'TOLL_FREE', 'UAN', 'PAGER', 'VOICEMAIL']);

function readPhone(channel: Channel, raw: string, defaultCountry: string | undefined): ReadAddress {
  const country = defaultCountry?.toUpperCase();
  if (country !== undefined && !isSupportedCountry(country)) {
    return { ok: false, problem: `No country has the code '${country}': use ISO 3166 letters, such as DE.` };
  }
  try {
    return judgePhone(channel, raw, country);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, problem: phoneProblems[error.message] ?? 'This is not a phone number.' };
  }
}

function judgePhone(channel: Channel, raw: string, country: CountryCode | undefined): ReadAddress {
  const number = parsePhoneNumberWithError(raw, { ...(country && { defaultCountry: country }), extract: false });
  const type = number.getType();
  if (!number.isValid()) {
    return { ok: false, problem: `No such number can exist in ${number.country ?? `+${number.countryCallingCode}`}.` };
  }
  if (number.ext)
    return { ok: false, problem: 'A number with an extension cannot be reached by machine: leave it out.' };
  if (type && unreachable.has(type)) {
    return { ok: false, problem: `This is a ${type.toLowerCase().replace('_', ' ')} number, not a customer's own.` };
  }
  if (type === 'FIXED_LINE' && channel !== 'voice') {
    return {
      ok: false,
      problem: `This is a landline: it takes calls, but no ${channel === 'sms' ? 'texts' : channel}.`,
    };
  }
  return { ok: true, address: number.number };
}

const phoneProblems: Record<string, string> = {
  INVALID_COUNTRY: 'Write the number with its country, such as +49 171 1234567, or name a default country.',
  NOT_A_NUMBER: 'A phone number looks like +49 171 1234567.',
  TOO_SHORT: 'The phone number is too short.',
  TOO_LONG: 'The phone number is too long.',
};
