import type { Logger } from 'pino';
import type { ChannelAdapter } from '../channels/channel.ts';
import type { Clock } from '../config/clock.ts';
import type { Systems } from '../core/journey/systems.ts';
import type { Channel } from '../core/journey/channels.ts';
import type { Budgets } from '../store/budget/index.ts';
import type { Db } from '../store/open.ts';

/** What activities work with. All of it is made by the worker's main and by tests; nothing here reads the environment. */
export interface Deps {
  readonly db: Db;
  readonly budgets: Budgets;
  /** Channels this installation can send by. */
  readonly channels: Readonly<Partial<Record<Channel, ChannelAdapter>>>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where providers report what became of a message; null without a public address. */
  readonly statusCallback: string | null;
  /** How the world reaches the API: pictures and cards are there. Without it they are not sent. */
  readonly publicUrl?: string | null;
  /** Gets what belongs to nobody. */
  readonly defaultTeam: string;
  /** Other systems that journeys may ask; what is not among them is told plainly. */
  readonly systems: Systems;
  /** Where the systems' secrets stand: the worker's environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
/** Without other systems unless some are given. */
export type GivenDeps = Omit<Deps, 'systems' | 'environment'> & Partial<Pick<Deps, 'systems' | 'environment'>>;

/** Channels this installation can send by now. */
export const configuredIn = ({ channels }: Pick<Deps, 'channels'>): Channel[] =>
  Object.values(channels).flatMap(({ configured, channel }) => (configured ? [channel] : []));
