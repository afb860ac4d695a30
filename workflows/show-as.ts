import { upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { searchAttributes } from './search-attributes.ts';

type Shown = Partial<Record<keyof typeof searchAttributes, string>>;

/** What the Temporal UI can find this workflow by, as it stands now. One event in history, and a write of the server's list. */
export const showAs = (values: Shown): void => {
  upsertSearchAttributes(
    Object.entries(values).map(([name, value]) => ({
      key: defineSearchAttributeKey(searchAttributes[name as keyof Shown], 'KEYWORD'),
      value,
    })),
  );
};
