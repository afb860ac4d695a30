import { randomBytes } from 'node:crypto';

/** Crockford's alphabet: no letter that is taken for a digit when it is read out. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * 'e_' and 20 letters: 100 random bits. `e` an enrolment, `v` an event, `t` a task, `m` a message, `b` a broadcast, `g` a move,
 * `a` an entry turned away, `p` what somebody of us shows of themselves, `i` an introduction, `c` its card.
 */
export const newId = (kind: 'e' | 'v' | 't' | 'm' | 'b' | 'g' | 'a' | 'p' | 'i' | 'c'): string =>
  `${kind}_${[...randomBytes(20)].map((byte) => letters.charAt(byte & 31)).join('')}`;
