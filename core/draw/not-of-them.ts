import type { Entry } from '../journey/table.ts';
import { sayCondition } from './say-condition.ts';

/** Why somebody whom an entry is not for did not enter. Names the condition, never what is known of them. */
export const notOfThem = ({ only }: Entry): string =>
  only === undefined ? 'it is not for them' : `it is entered only if ${sayCondition(only)}`;
