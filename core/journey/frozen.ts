/** Freezes plain data to its last leaf: a definition that could change would be a different one in every run. */
export function frozen<T>(data: T): T {
  if (data !== null && typeof data === 'object' && !Object.isFrozen(data)) {
    Object.freeze(data);
    Object.values(data).forEach(frozen);
  }
  return data;
}
