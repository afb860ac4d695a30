/** Other systems that journeys ask. Code of the worker, never published: start it with RIGHTTOUCH_SYSTEMS=journeys/systems.ts. */
import { env, http, systems } from 'righttouch';

export const ours = systems({
  lookUps: {
    'where-is-parcel': http({
      url: 'https://parcels.example.com/v1/orders/{orderId}',
      headers: { authorization: env('PARCELS_TOKEN', 'Bearer ') }, // secrets stand in the environment and nowhere else
      answer: { type: 'object', properties: { state: { enum: ['moving', 'lost'] } }, required: ['state'] },
      says: ({ state }) => (state === 'moving' ? 'on-its-way' : 'lost'),
      byStatus: { 404: 'lost' },
      withinMs: 5_000,
    }),
  },
  actions: {
    // Tried until it is answered, with the same Idempotency-Key each time: the shop gives the money back once.
    'refund-order': http({
      url: 'https://shop.example.com/refunds',
      method: 'POST',
      headers: { authorization: env('SHOP_TOKEN', 'Bearer ') },
      byStatus: { 409: 'too-late' },
      triedForMs: 3_600_000,
    }),
  },
});
