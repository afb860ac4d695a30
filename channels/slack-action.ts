/** A button that somebody pressed in Slack, read from what Slack sends. */
import { z } from 'zod';

const payload = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: z.string().min(1).max(40) }),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().max(200).optional() })).min(1),
  response_url: z.url().optional(),
});

export interface SlackAction {
  /** The member who pressed it. */
  readonly member: string;
  readonly action: string;
  readonly value: string;
  /** Where they are answered. */
  readonly answerTo: string | null;
}

/** Null: it is nothing that we know. */
export function readSlackAction(body: string): SlackAction | null {
  const written = new URLSearchParams(body).get('payload');
  if (written === null) return null;
  let said: unknown;
  try {
    said = JSON.parse(written);
  } catch {
    return null;
  }
  const read = payload.safeParse(said);
  const [first] = read.success ? read.data.actions : [];
  if (!read.success || !first) return null;
  return {
    member: read.data.user.id,
    action: first.action_id,
    value: first.value ?? '',
    answerTo: read.data.response_url ?? null,
  };
}
