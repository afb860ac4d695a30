/** Four of the six read here as they do in the samples: the same journeys, among these words and under this policy. */
export { lateParcel } from '../../journeys/late-parcel.js';
export { renewal } from '../../journeys/renewal.js';
export { starter } from '../../journeys/starter.js';
export { yearInReview } from '../../journeys/year-in-review.js';
