/** The same messages, asked of our own budget: reserved, fenced and settled, and those that wait asked again when they were told to. */
import { askForTouch } from '../../../core/budget/ask.ts';
import { readPolicy } from '../../../core/budget/read-policy.ts';
import { fence, settle } from '../../../core/budget/reserve.ts';
import type { PolicyWindow } from '../../../core/budget/policy.ts';
import type { BudgetRow } from '../../../core/budget/row.ts';
import type { Fate } from '../../../core/journey/table.ts';
import { justEnough, rowWith } from '../budget/fixtures.ts';
import type { Run } from './vendors.ts';

export const ours =
  (window: Pick<PolicyWindow, 'atMost' | 'in'>, fate: Fate): Run =>
  (wanted) => {
    const policy = readPolicy({ ...justEnough, windows: [{ name: 'a span', ...window }], spacing: [], quiet: [] }, 1);
    let row: BudgetRow = rowWith();
    const out: (number | null)[] = wanted.map(() => null);
    const due: { at: number; n: number; ask: number; fate: Fate }[] = wanted.map((at, n) => ({ at, n, ask: 1, fate }));
    for (;;) {
      const next = due.sort((a, b) => a.at - b.at || a.n - b.n).shift();
      if (!next) return out;
      const { at, n, ask } = next;
      const touchId = `run-${String(n).padStart(3, '0')}/said/1`;
      const asking = askForTouch(
        row,
        {
          touchId,
          ask,
          customerId: row.customerId,
          journey: 'offer',
          purpose: 'marketing',
          madeBy: 'tech',
          assumes: [],
          candidates: [{ channel: 'email' }],
          fate: next.fate,
          firstAskedAt: wanted[n] ?? at,
        },
        policy,
        [],
        at,
      );
      row = asking.row;
      const { answer } = asking;
      if (answer.is === 'deferred') due.push({ at: answer.until, n, ask: ask + 1, fate: answer.fate });
      if (answer.is !== 'reserved') continue;
      const fenced = fence(row, touchId, at);
      row = settle(fenced.row, touchId, 'sent').row;
      out[n] = at;
    }
  };
