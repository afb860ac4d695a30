/**
 * Keeps the last `size` values by key in this process. For what never changes under its key: content-addressed rows. Two
 * who ask at once wait for one reading; a failed reading is not kept.
 */
export function remember<T>(size: number): (key: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, read) => {
    const found = known.get(key);
    if (found) return found;
    const reading = read();
    known.set(key, reading);
    reading.catch(() => known.delete(key));
    const oldest = known.keys().next();
    if (known.size > size && !oldest.done) known.delete(oldest.value);
    return reading;
  };
}
