import { expect, test } from '@jest/globals';
import { sharedServer, timeSkippingServer } from '../servers/temporal.ts';

test('the shared server and the time-skipping server know our search attributes', async () => {
  const shared = await sharedServer();
  const skipping = await timeSkippingServer();
  for (const server of [shared, skipping]) {
    const { customAttributes } = await server.connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['RtJourney', 'RtWaitingFor']));
    await server.teardown();
  }
});
