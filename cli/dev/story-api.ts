/** The few calls of the public API that the story makes. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const task = z.looseObject({
  id: z.string(),
  number: z.union([z.number(), z.string()]),
  team: z.string(),
  reasons: z.array(z.looseObject({ because: z.string() })),
});
const message = z.looseObject({ direction: z.enum(['in', 'out']), channel: z.string(), taskId: z.string().nullable() });
const touch = z.looseObject({ journey: z.string().nullable(), asks: z.array(z.looseObject({ says: z.string() })) });
const items = <T extends z.ZodType>(of: T) => z.looseObject({ items: z.array(of) });

export interface StoryApi {
  put(path: string, body: unknown): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  event(customer: string, type: string, data: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** What is told of a journey's touches to a customer, a sentence each ask. */
  why(customer: string, journey: string): Promise<string[]>;
  tasks(customer: string): Promise<{ id: string; name: string; team: string; because: string }[]>;
  conversation(customer: string): Promise<z.infer<typeof message>[]>;
}

export function storyApi(url: string, key: string): StoryApi {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return text === '' ? {} : JSON.parse(text);
  }
  return {
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body),
    event: (customerId, type, data) => call('POST', '/v1/events', { customerId, type, data }),
    async why(customer, journey) {
      const told = await call('GET', `/v1/customers/${customer}/why?limit=200&first=oldest`);
      const { touches } = z.looseObject({ touches: z.array(touch) }).parse(told);
      return touches.filter((t) => t.journey === journey).flatMap((t) => t.asks.map((ask) => ask.says));
    },
    async tasks(customer) {
      const { items: found } = items(z.looseObject({ id: z.string() })).parse(
        await call('GET', `/v1/tasks?customerId=${customer}`),
      );
      const whole = await Promise.all(found.map(async ({ id }) => task.parse(await call('GET', `/v1/tasks/${id}`))));
      return whole.map(({ id, number, team, reasons }) => ({
        id,
        name: `T-${number}`,
        team,
        because: reasons[0]?.because ?? '',
      }));
    },
    async conversation(customer) {
      return items(message).parse(await call('GET', `/v1/customers/${customer}/conversation`)).items;
    },
  };
}
