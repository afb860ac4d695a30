/** What we tell other systems, signed as https://www.standardwebhooks.com says: whoever gets it can check that it is from us, and new. */
import { createHmac } from 'node:crypto';

export interface Webhook {
  readonly url: string;
  /** 'whsec_' and the key in base64, 24 to 64 bytes of it. */
  readonly secret: string;
}
export interface WebhookMessage {
  /** The same for each try, so that what arrives twice is known. */
  readonly id: string;
  readonly type: string;
  /** Epoch milliseconds: when it happened. */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}
export type WebhookTold = { readonly told: true } | { readonly told: false; readonly because: string };

/** `atSeconds`: Unix time of this try. */
export function signatureOf(secret: string, id: string, atSeconds: number, body: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key)
    .update(`${id}.${String(atSeconds)}.${body}`)
    .digest('base64')}`;
}

const withinMs = 10_000;

/** One try; `nowMs` is the machine's clock. What they answered is not repeated, only its status. */
export async function tellWebhook(
  { url, secret }: Webhook,
  message: WebhookMessage,
  nowMs: number,
): Promise<WebhookTold> {
  const { id, type, at, data } = message;
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const atSeconds = Math.floor(nowMs / 1000);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(atSeconds),
        'webhook-signature': signatureOf(secret, id, atSeconds, body),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    });
    await answer.body?.cancel();
    return answer.ok ? { told: true } : { told: false, because: `it answered ${String(answer.status)}` };
  } catch (error) {
    return { told: false, because: error instanceof Error ? error.name : 'it could not be reached' };
  }
}
