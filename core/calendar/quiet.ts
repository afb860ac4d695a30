export interface QuietRule {
  /** '21:00'. With `to` at or before it, the span goes over midnight; '00:00' to '24:00' is the whole day. */
  readonly from: string;
  readonly to: string;
  /** The weekdays on which the span begins; without a word, every day. */
  readonly on?: readonly string[];
  readonly channels?: readonly string[];
  readonly purposes?: readonly string[];
}
