/**
 * A touch's Message-ID, `<enr_7=2Farrived=2F1@care.example>`, is the same for every attempt: mailboxes that see it twice
 * can tell, and a reply's In-Reply-To leads back to the touch without asking the database what was sent.
 */
export function messageIdOf(touchId: string, domain: string): string {
  return `<${touchId.replace(/[^A-Za-z0-9-]/gu, encode)}@${domain}>`;
}

/** The touch a Message-ID of ours belongs to; null for anybody else's. */
export function touchOf(messageId: string, domain: string): string | null {
  const [, local, host] = /^<?([A-Za-z0-9=-]+)@([^@<>\s]+?)>?$/.exec(messageId.trim()) ?? [];
  if (local === undefined || host?.toLowerCase() !== domain.toLowerCase()) return null;
  try {
    return decodeURIComponent(local.replaceAll('=', '%'));
  } catch {
    return null;
  }
}

function encode(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Message-IDs out of a header value or a list of them; what is not one is left out, so nothing else can ride along. */
export function readMessageIds(value: string | readonly string[] | undefined): string[] {
  return [value ?? []].flat().flatMap((text) => text.match(/<[^<>\s]{1,500}>/g) ?? []);
}
