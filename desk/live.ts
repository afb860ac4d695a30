/** Hears which tasks changed, and has what is shown of them asked for anew. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

interface Change {
  readonly customerId: string;
}

export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource('/v1/live');
    source.addEventListener('tasks', ({ data }: MessageEvent<string>) => {
      const changes = JSON.parse(data) as readonly Change[];
      void client.invalidateQueries({ queryKey: ['inbox'] });
      // Those that are shown: they may have been called 'T-12' or by their id.
      void client.invalidateQueries({ queryKey: ['task'] });
      for (const customerId of new Set(changes.map((change) => change.customerId)))
        void client.invalidateQueries({ queryKey: ['customer', customerId] });
    });
    // It was away for a while, and whatever happened then was not heard of.
    let isFirst = true;
    source.addEventListener('ready', () => {
      if (!isFirst) void client.invalidateQueries();
      isFirst = false;
    });
    return () => source.close();
  }, [client]);
}
