/** Who may call what: every route has its line here, or the API does not start. */

export const scopes = [
  'customers:read',
  'customers:write',
  'events:write',
  'journeys:read',
  'journeys:write',
  'enrolments:read',
  'enrolments:write',
  'audiences:read',
  'audiences:write',
  'tasks:read',
  'tasks:write',
  'agents:write',
  'conversation:read',
  'guards:read',
  'guards:write',
  'kill-switch:read',
  'kill-switch:write',
  'outbox:read',
  'keys:read',
  'keys:write',
  'metrics:read',
  'accounts:read',
  'accounts:write',
] as const;
export type Scope = (typeof scopes)[number];

/**
 * 'open' wants no key: there is nothing in it, or the route checks a password or a link itself. 'signed' checks a signature.
 * 'person' wants somebody who is signed in at the desk, whatever their role: it is about themselves.
 */
export type Access = Scope | 'open' | 'signed' | 'person';
export const access: Readonly<Record<string, Access>> = {
  'GET /health': 'open',
  'GET /ready': 'open',
  'GET /metrics': 'metrics:read',
  'GET /problems/:code': 'open',
  'GET /openapi.json': 'open',

  'GET /v1/customers': 'customers:read',
  'GET /v1/customers/:id': 'customers:read',
  'PUT /v1/customers/:id': 'customers:write',
  'POST /v1/customers/:id/merge': 'customers:write',
  'GET /v1/customers/:id/merges': 'customers:read',
  'GET /v1/customers/:id/consents': 'customers:read',
  'POST /v1/customers/:id/consents': 'customers:write',
  'GET /v1/customers/:id/suppressions': 'customers:read',
  'POST /v1/customers/:id/suppressions': 'customers:write',
  'DELETE /v1/customers/:id/suppressions/:channel': 'customers:write',
  'GET /v1/customers/:id/interests': 'customers:read',
  'PUT /v1/customers/:id/interests': 'customers:write',
  'DELETE /v1/customers/:id/interests': 'customers:write',
  'GET /v1/consents': 'customers:read',
  'GET /v1/customers/:id/limits': 'customers:read',
  'PUT /v1/customers/:id/limits': 'customers:write',
  'DELETE /v1/customers/:id/limits': 'customers:write',
  'GET /v1/customers/:id/hold': 'customers:read',
  // Whoever works with customers says that they have the conversation, as they do by taking a task.
  'PUT /v1/customers/:id/hold': 'tasks:write',
  'DELETE /v1/customers/:id/hold': 'tasks:write',
  // Sensitive facts: who may read of customers may not read these.
  'GET /v1/guards': 'guards:read',
  'POST /v1/guards': 'guards:write',
  'GET /v1/customers/:id/guards': 'guards:read',
  'DELETE /v1/customers/:id/guards/:fact': 'guards:write',
  'GET /v1/area-guards': 'guards:read',
  'POST /v1/area-guards': 'guards:write',
  'DELETE /v1/area-guards/:id': 'guards:write',
  'GET /v1/customers/:id/checks': 'guards:read',
  'POST /v1/customers/:id/checks': 'guards:write',
  'GET /v1/customers/:id/conversation': 'conversation:read',
  'GET /v1/customers/:id/given': 'conversation:read',
  'GET /v1/customers/:id/confidence': 'tasks:read',
  'PUT /v1/customers/:id/confidence': 'tasks:write',
  'POST /v1/customers/:id/confidence/end': 'tasks:write',
  'PUT /v1/customers/:id/confidence/people/:who': 'tasks:write',
  'GET /v1/customers/:id/readings': 'conversation:read',
  'GET /v1/customers/:id/why': 'customers:read',
  'GET /v1/customers/:id/promises': 'customers:read',
  'GET /v1/customers/:id/budget': 'customers:read',

  'POST /v1/events': 'events:write',

  'GET /v1/journeys': 'journeys:read',
  'POST /v1/journeys': 'journeys:write',
  'POST /v1/journeys/plan': 'journeys:write',
  'GET /v1/policies': 'journeys:read',
  'GET /v1/policies/:version': 'journeys:read',
  'GET /v1/journeys/:name': 'journeys:read',
  'GET /v1/journeys/:name/versions/:version': 'journeys:read',
  'GET /v1/journeys/:name/splits': 'journeys:read',
  'GET /v1/journeys/:name/standing': 'journeys:read',

  'POST /v1/journeys/:name/moves/plan': 'journeys:read',
  'POST /v1/journeys/:name/moves': 'journeys:write',
  'GET /v1/journeys/:name/moves': 'journeys:read',
  'GET /v1/moves/:id': 'journeys:read',
  'POST /v1/moves/:id/tell': 'journeys:write',
  'POST /v1/journeys/:name/versions/:version/corrections': 'journeys:write',
  'GET /v1/journeys/:name/versions/:version/corrections': 'journeys:read',
  'POST /v1/journeys/:name/versions/:version/retire': 'journeys:write',
  'POST /v1/journeys/:name/rollback': 'journeys:write',

  'GET /v1/enrolments': 'enrolments:read',
  'GET /v1/enrolments/:id': 'enrolments:read',
  'POST /v1/enrolments/:id/cancel': 'enrolments:write',

  'GET /v1/audiences': 'audiences:read',
  'PUT /v1/audiences/:name': 'audiences:write',
  'POST /v1/audiences/:name/members': 'audiences:write',
  'GET /v1/audiences/:name/preview': 'audiences:read',
  'GET /v1/broadcasts': 'audiences:read',
  'GET /v1/broadcasts/:id': 'audiences:read',
  'POST /v1/broadcasts/:id/cancel': 'audiences:write',

  'GET /v1/tasks': 'tasks:read',
  'GET /v1/tasks/:id': 'tasks:read',
  'POST /v1/tasks/:id/claim': 'tasks:write',
  'POST /v1/tasks/:id/release': 'tasks:write',
  'POST /v1/tasks/:id/snooze': 'tasks:write',
  'POST /v1/tasks/:id/answer': 'tasks:write',
  'POST /v1/tasks/:id/answer/preview': 'tasks:write',
  'POST /v1/tasks/:id/notes': 'tasks:write',
  'POST /v1/tasks/:id/follow-ups': 'tasks:write',
  'DELETE /v1/tasks/:id/follow-ups/:key': 'tasks:write',
  'POST /v1/tasks/:id/complete': 'tasks:write',
  'POST /v1/tasks/:id/hand-over': 'tasks:write',
  'POST /v1/tasks/:id/reassign': 'tasks:write',
  'POST /v1/tasks/:id/reopen': 'tasks:write',
  // What a customer wrote is in the line.
  'GET /v1/tasks/:id/introduction': 'conversation:read',
  'POST /v1/tasks/:id/introduction': 'tasks:write',
  'GET /v1/customers/:id/introductions': 'tasks:read',
  'PUT /v1/customers/:id/introductions': 'tasks:write',
  'PUT /v1/agents/:agent/introductions': 'tasks:write',
  'GET /cards/:card': 'open',

  'GET /v1/customers/:id/presence': 'tasks:read',
  'PUT /v1/customers/:id/presence': 'tasks:write',
  'DELETE /v1/customers/:id/presence/:agent': 'tasks:write',
  'POST /v1/customers/:id/calls': 'tasks:write',
  'GET /v1/customers/:id/follow-ups': 'tasks:read',
  'GET /v1/customers/:id/journeys': 'tasks:read',
  'PUT /v1/customers/:id/journeys/:journey/stop': 'tasks:write',
  'DELETE /v1/customers/:id/journeys/:journey/stop': 'tasks:write',
  'GET /v1/overrides': 'journeys:read',

  'GET /v1/routing/effect': 'journeys:read',
  'GET /v1/teams': 'tasks:read',
  'GET /v1/agents': 'tasks:read',
  'GET /v1/agents/:name': 'tasks:read',
  'PUT /v1/agents/:name': 'agents:write',
  'PUT /v1/agents/:agent/shift': 'tasks:write',
  'GET /v1/agents/:agent/notices': 'tasks:read',
  'PUT /v1/agents/:agent/notices': 'tasks:write',
  'GET /v1/agents/:agent/fragments': 'tasks:read',
  'PUT /v1/agents/:agent/fragments/:fragment': 'tasks:write',
  'PUT /v1/agents/:agent/fragments/:fragment/approval': 'tasks:write',
  'DELETE /v1/agents/:agent/fragments/:fragment': 'tasks:write',
  'GET /people/:address': 'open',

  'GET /v1/unmatched-messages': 'conversation:read',

  'GET /v1/kill-switches': 'kill-switch:read',
  'PUT /v1/kill-switches/:scope': 'kill-switch:write',
  'DELETE /v1/kill-switches/:scope': 'kill-switch:write',

  'GET /v1/outbox/parked': 'outbox:read',

  'GET /v1/keys': 'keys:read',
  'POST /v1/keys': 'keys:write',
  'DELETE /v1/keys/:name': 'keys:write',

  'GET /v1/accounts': 'accounts:read',
  'POST /v1/accounts': 'accounts:write',
  'POST /v1/accounts/:name/links': 'accounts:write',
  'DELETE /v1/accounts/:name': 'accounts:write',
  'POST /v1/session': 'open',
  'POST /v1/session/link': 'open',
  'GET /v1/session': 'person',
  'DELETE /v1/session': 'person',
  'PUT /v1/session/password': 'person',

  'GET /v1/inbox': 'tasks:read',
  'GET /v1/customer-search': 'customers:read',
  'GET /v1/desk-words': 'tasks:read',
  'GET /v1/live': 'tasks:read',
  'GET /v1/zones': 'tasks:read',

  'POST /webhooks/twilio/messages': 'signed',
  'POST /webhooks/twilio/status': 'signed',
  'POST /webhooks/slack/actions': 'signed',
};

/** Files without anything of anybody's in them: the documentation's and the desk's. */
const isFile = (path: string): boolean => path === '/' || /^\/(docs|desk)(\/|$)/.test(path);

/** HEAD is answered wherever GET is. */
export function accessTo(method: string, path: string): Access | undefined {
  if (isFile(path)) return method === 'GET' || method === 'HEAD' ? 'open' : undefined;
  return access[`${method === 'HEAD' ? 'GET' : method} ${path}`];
}
