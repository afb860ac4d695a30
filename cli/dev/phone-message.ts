import { randomBytes } from 'node:crypto';

/** A message as Twilio's API tells it (its OpenAPI's `api.v2010.account.message`). */
export interface PhoneMessage {
  sid: string;
  account_sid: string;
  to: string;
  from: string;
  body: string;
  status: 'queued' | 'sent' | 'delivered' | 'received';
  direction: 'outbound-api' | 'inbound';
  date_created: string;
  date_updated: string;
  date_sent: string | null;
  error_code: null;
  num_segments: string;
  uri: string;
}

export function newMessage(
  accountSid: string,
  text: { to: string; from: string; body: string },
  direction: PhoneMessage['direction'],
): PhoneMessage {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const made = new Date().toUTCString().replace('GMT', '+0000');
  return {
    sid,
    account_sid: accountSid,
    ...text,
    status: direction === 'inbound' ? 'received' : 'queued',
    direction,
    date_created: made,
    date_updated: made,
    date_sent: null,
    error_code: null,
    num_segments: '1',
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
  };
}
