/** What the Temporal UI can filter runs by. Each is a Keyword; none may hold personal data, for they are stored in plain text. */
export const searchAttributes = {
  journey: 'RtJourney',
  version: 'RtVersion',
  step: 'RtStep',
  madeBy: 'RtMadeBy',
  state: 'RtState',
  waitingFor: 'RtWaitingFor',
} as const;
