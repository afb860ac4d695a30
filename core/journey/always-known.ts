/** What the engine knows without being taught. */
import { channels, type Channel } from './channels.ts';
import { oneOf, type FieldData } from './fields.ts';

/** Two events no company has to teach: the engine itself sees them. */
export const alwaysKnown = {
  /** They got an answer: a person gave it, a call took place, or an article helped. */
  'we-answered': { by: oneOf('person', 'call', 'article') },
  /** The customer wrote or called; auto-replies, bounces and STOP words are never replies. */
  'customer-replied': { channel: oneOf(...channels), mood: oneOf('fine', 'confused', 'angry') },
} as const;

export interface Known {
  /** In this run: touches that certainly failed, touches made, times we listened and heard nothing. */
  'run.failures': number;
  'run.touches': number;
  'run.silences': number;
  /** The channel on which this team answers soonest just now, and whether anybody is there. */
  'now.fastest': Channel;
  'now.teamIsOpen': boolean;
  /** Open tasks of this team that nobody has taken: how loaded it is. */
  'now.tasksAhead': number;
  /** Over all journeys. */
  'history.daysSincePerson': number;
  'history.brokenPromises': number;
}
/** The same as data: `check` holds the conditions of stored journeys against it. */
export const knownFields: Readonly<Record<keyof Known, FieldData>> = {
  'run.failures': { kind: 'number' },
  'run.touches': { kind: 'number' },
  'run.silences': { kind: 'number' },
  'now.fastest': { kind: 'oneOf', values: channels },
  'now.teamIsOpen': { kind: 'yesNo' },
  'now.tasksAhead': { kind: 'number' },
  'history.daysSincePerson': { kind: 'number' },
  'history.brokenPromises': { kind: 'number' },
};
