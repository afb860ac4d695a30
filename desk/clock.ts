/** The engine's time, as the desk knows it: in a demo it is another than the one on the wall. */
import { useEffect, useState } from 'react';

/** What the engine's clock is ahead of this machine's; learnt from what the API says. */
let aheadMs = 0;
export const learnNow = (engineNow: string): void => {
  aheadMs = Date.parse(engineNow) - Date.now();
};
export const engineNow = (): number => Date.now() + aheadMs;

/** Epoch milliseconds, fresh enough for minutes. */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(engineNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(engineNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Whole minutes from one instant to a later one, never negative. */
export const minutesBetween = (from: number, to: number): number => Math.max(0, Math.round((to - from) / 60_000));
