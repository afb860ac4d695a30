/** A process of its own that reserves many touches for one customer: `url schema customer first count`. Prints its answers. */
import { createBudgets } from '../../../store/budget/index.ts';
import { openDatabase } from '../../../store/open.ts';
import { askOf, SetClock } from './fixtures.ts';

const [url = '', schema = '', customer = '', first = '0', count = '0'] = process.argv.slice(2);
const db = openDatabase(url, { schema });
const budgets = createBudgets(db, { clock: new SetClock(), onFreed: () => undefined });
// All start at one instant: when the last of them is told to.
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  void (async () => {
    const asked = Array.from({ length: Number(count) }, (_, i) =>
      budgets.reserve(askOf(`run/hint/${Number(first) + i}`, customer)),
    );
    const answers = await Promise.all(asked);
    process.stdout.write(`${JSON.stringify(answers.map((a) => a.is))}\n`);
    await db.destroy();
    process.exit(0);
  })();
});
