import { recordAllSent, recordSent, type SentWords } from '../../store/touch-messages.ts';

type Record = typeof recordSent;
interface Asked {
  readonly sent: SentWords;
  readonly db: Parameters<Record>[0];
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

/** Writes down what was sent, as `recordSent` does, but all that comes while one statement is on its way in the next one. */
export function createRecorder(): Record {
  let queue: Asked[] = [];
  let isBusy = false;

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      try {
        const db = batch[0]?.db;
        if (db)
          await recordAllSent(
            db,
            batch.map(({ sent }) => sent),
          );
        for (const { done } of batch) done();
      } catch {
        // One of them, perhaps: a provider gave one name to two messages.
        for (const { db, sent, done, fail } of batch)
          await recordSent(db, sent.touch, sent.said, sent.providerKey, sent.at).then(done, fail);
      }
    }
    isBusy = false;
  }

  return (db, touch, said, providerKey, at) =>
    new Promise<void>((done, fail) => {
      queue.push({ db, sent: { touch, said, providerKey, at }, done, fail });
      if (isBusy) return;
      isBusy = true;
      setImmediate(() => void flush());
    });
}
