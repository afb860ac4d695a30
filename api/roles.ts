/** What somebody who is signed in may call, and whose tasks they see. */
import type { Role } from '../store/accounts/accounts.ts';
import { scopes, type Scope } from './access.ts';

const agent = [
  'customers:read',
  'conversation:read',
  'journeys:read',
  'tasks:read',
  'tasks:write',
  // They are who hears of a bereavement, and who has to know of it.
  'guards:read',
  'guards:write',
  'proposals:write',
] as const;

const notForOps: readonly Scope[] = [
  'conversation:read',
  'tasks:write',
  'customers:write',
  'events:write',
  'guards:read',
  'guards:write',
  'proposals:write',
];

export const scopesOf: Readonly<Record<Role, readonly Scope[]>> = {
  agent,
  lead: [
    ...agent,
    'agents:write',
    'customers:write',
    'enrolments:read',
    'enrolments:write',
    'audiences:read',
    'kill-switch:read',
    'figures:read',
  ],
  // Who writes journeys sees what became of them, and not what customers wrote.
  designer: [
    'customers:read',
    'tasks:read',
    'journeys:read',
    'journeys:write',
    'enrolments:read',
    'audiences:read',
    'audiences:write',
    'kill-switch:read',
    'kill-switch:write',
    'figures:read',
    'proposals:write',
  ],
  // Who keeps it running can stop it and let people in, and has no business with what is said.
  ops: scopes.filter((scope) => !notForOps.includes(scope)),
};

/** Agents and leads see the tasks of their own teams and what they have themselves; the others count all of them. */
export const seesAllTeams = (role: Role): boolean => role === 'designer' || role === 'ops';
