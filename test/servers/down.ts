import { running } from './running.ts';

export default async function down(): Promise<void> {
  for (const stop of running.stops.splice(0)) await stop();
}
