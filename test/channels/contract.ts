import { afterEach, describe, expect, test } from '@jest/globals';
import type { ChannelAdapter, Outgoing } from '../../channels/channel.ts';

/** A provider on this machine that behaves in one way, and our adapter pointed at it. */
export interface Provider {
  adapter: ChannelAdapter;
  /** The texts it took, in order, whatever it answered. */
  taken: () => string[];
  close: () => Promise<void>;
}

export interface Providers {
  /** The instant adapters are given as now. */
  now: number;
  message: Outgoing;
  accepting(): Promise<Provider>;
  /** Says no for good, with the address and the text in its answer. */
  rejecting(): Promise<Provider>;
  /** Says: not now. */
  busy(): Promise<Provider>;
  /** Takes the message, then hangs up without an answer. */
  droppingWhatItTook(): Promise<Provider>;
  /** Takes the message and never answers. */
  silentAfterTaking(): Promise<Provider>;
  /** Its port is closed. */
  nobodyThere(): Promise<Provider>;
  notConfigured(): ChannelAdapter;
}

/** What every adapter must do: one run of this for each. */
export function adapterContract(name: string, providers: Providers): void {
  describe(`${name} keeps the adapter contract`, () => {
    const open: Provider[] = [];
    const use = async (starting: Promise<Provider>) => {
      const provider = await starting;
      open.push(provider);
      return provider;
    };
    afterEach(async () => {
      await Promise.all(open.splice(0).map((provider) => provider.close()));
    });
    const { message } = providers;
    const tellsNothingPersonal = (sent: object) => {
      const told = JSON.stringify(sent);
      expect(told).not.toContain(message.to);
      expect(told).not.toContain(message.text);
    };

    test('a provider that accepts: sent, once, with its id and our clock', async () => {
      const { adapter, taken } = await use(providers.accepting());
      const sent = await adapter.send(message);
      expect(sent).toMatchObject({ result: 'sent', at: providers.now, providerId: expect.stringMatching(/./) });
      expect(taken()).toEqual([message.text]);
    });

    test('a provider that refuses for good: rejected, and nothing personal in the detail', async () => {
      const { adapter } = await use(providers.rejecting());
      const sent = await adapter.send(message);
      expect(sent).toMatchObject({ result: 'rejected', code: expect.stringMatching(/./) });
      tellsNothingPersonal(sent);
    });

    test('a provider that is busy: later', async () => {
      const { adapter } = await use(providers.busy());
      const sent = await adapter.send(message);
      expect(sent).toMatchObject({ result: 'later' });
      tellsNothingPersonal(sent);
    });

    test('a provider that takes the message and hangs up: unknown, and the adapter does not try again by itself', async () => {
      const { adapter, taken } = await use(providers.droppingWhatItTook());
      const sent = await adapter.send(message);
      expect(sent).toMatchObject({ result: 'unknown' });
      expect(taken()).toHaveLength(1);
      tellsNothingPersonal(sent);
    });

    test('a provider that takes the message and never answers: unknown', async () => {
      const { adapter, taken } = await use(providers.silentAfterTaking());
      expect(await adapter.send(message)).toMatchObject({ result: 'unknown' });
      expect(taken()).toHaveLength(1);
    });

    test('nobody there: later', async () => {
      const { adapter } = await use(providers.nobodyThere());
      expect(await adapter.send(message)).toMatchObject({ result: 'later' });
    });

    test('given up before it began: later, and nothing was handed over', async () => {
      const { adapter, taken } = await use(providers.accepting());
      expect(await adapter.send(message, AbortSignal.abort())).toMatchObject({ result: 'later' });
      expect(taken()).toEqual([]);
    });

    test('an address that is none: rejected, and nothing was handed over', async () => {
      const { adapter, taken } = await use(providers.accepting());
      const sent = await adapter.send({ ...message, to: `${message.to}\r\nBcc: x@example.org` });
      expect(sent).toMatchObject({ result: 'rejected', code: 'bad-address' });
      expect(taken()).toEqual([]);
    });

    test('without settings: not configured, and rejected', async () => {
      const adapter = providers.notConfigured();
      expect(adapter.configured).toBe(false);
      expect(await adapter.send(message)).toMatchObject({ result: 'rejected', code: 'not-configured' });
      await adapter.close();
    });
  });
}
