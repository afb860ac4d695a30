/** So many at one time; who is told to stop while they wait never begins. */
export interface Gate {
  /** False: nobody begins any more. Whoever is let in says when they are done. */
  enter(): Promise<boolean>;
  leave(): void;
  close(): void;
  /** When nobody is inside any more. */
  empty(): Promise<void>;
  readonly isClosed: boolean;
}

export function createGate(width: number): Gate {
  let inside = 0;
  let isClosed = false;
  const waiting: ((isIn: boolean) => void)[] = [];
  let told: (() => void)[] = [];
  return {
    enter() {
      if (isClosed) return Promise.resolve(false);
      if (inside < width) {
        inside += 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next(true);
      else inside -= 1;
      if (inside > 0) return;
      for (const tell of told) tell();
      told = [];
    },
    close() {
      isClosed = true;
      for (const one of waiting.splice(0)) one(false);
    },
    empty() {
      return inside === 0 ? Promise.resolve() : new Promise((resolve) => told.push(resolve));
    },
    get isClosed() {
      return isClosed;
    },
  };
}
