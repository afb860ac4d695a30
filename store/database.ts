/** The tables as TypeScript sees them. Kept by hand beside `migrations/`: columns that hold data of ours are typed as what they hold. */
import type { AccountTables } from './database/accounts.ts';
import type { AgentTables } from './database/agents.ts';
import type { CustomerTables } from './database/customers.ts';
import type { EngineTables } from './database/engine.ts';
import type { EnrolmentTables } from './database/enrolments.ts';
import type { EntryTables } from './database/entries.ts';
import type { IntroductionTables } from './database/introductions.ts';
import type { FieldTables } from './database/field.ts';
import type { MessageTables } from './database/messages.ts';
import type { PublishedTables } from './database/published.ts';
import type { TaskTables } from './database/tasks.ts';
import type { TouchTables } from './database/touches.ts';

export type { SettledBy, TouchState } from './database/touches.ts';

export interface Database
  extends
    AccountTables,
    AgentTables,
    CustomerTables,
    EngineTables,
    EnrolmentTables,
    EntryTables,
    IntroductionTables,
    FieldTables,
    MessageTables,
    PublishedTables,
    TaskTables,
    TouchTables {}
