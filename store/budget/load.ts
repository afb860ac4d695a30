/** Reads all that a batch decides on, in one statement and so of one instant. */
import { underAreas, type AreaGuard } from '../../core/budget/area-guards.ts';
import type { TouchRequest } from '../../core/budget/decision.ts';
import type { Killed, SharedRow } from '../../core/budget/row.ts';
import type { AskAnswer } from '../../core/budget/touch-ask.ts';
import type { TouchState } from '../database.ts';
import { binaryArray } from './binary-array.ts';
import { rowOf, sharedRowOf, type StoredRow, type StoredShared } from './row.ts';
import { killedOf } from './killed-segments.ts';
import type { Run } from './run.ts';
import { noLimit } from './write-statements.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { Loaded, RequestRest, StoredTouch } from './touch.ts';

export interface Wanted {
  readonly touchId: string;
  /** Most likely there is no such touch yet: it is not looked for. Whoever writes it finds out. */
  readonly isNew?: boolean;
  /** Without it, the touch's own customer. */
  readonly customerId?: string;
  /** Whose newest delivery matters. */
  readonly enrolmentId?: string;
}

// Lateral and limited to one row, so that a plan made while the tables were small still goes by their keys. JSON comes as
// text: a row that many of a batch share is sent and parsed once. What is shared with others is looked for only where there is any:
// beside a customer's own keys those in which the touch counted when it asked, because its customer may have left since.
const statement = `
    select b.customer_id, b.merged_into, b.version, case when k.first = 1 then convert_from(b.recent, 'UTF8') end as recent, b.waiting::text, b.gates::text,
      t.id, t.customer_id as touch_customer_id, t.enrolment_id, t.state, t.ask, t.answer, t.request, t.channel, t.attempt,
      t.journey, t.purpose, t.made_by, t.cause, t.asked_at,
      t.sending_at, t.until, t.provider_id, t.receipt, t.failure,
      e.delivered,
      case when b.shared is not null or t.request -> 'countsIn' is not null then (
        select json_build_object('salt', (select encode(salt, 'hex') from installation), 'rows', json_agg(json_build_object(
          'key', s.key, 'kind', s.kind, 'version', s.version, 'recent', convert_from(s.recent, 'UTF8'), 'waiting', s.waiting) order by s.key))::text
        from shared_budgets s
        where s.key = any(b.shared || array(select json_array_elements_text(t.request -> 'countsIn'))))
      end as shared,
      (select json_agg(json_build_object('scope', scope, 'reason', reason)) from kill_switches) as killed,
      (select json_agg(json_build_object('fact', fact, 'contradicts', contradicts, 'areas', areas,
        'reviewAt', extract(epoch from review_at)::bigint * 1000)) from area_guards where lifted_at is null) as area_guards
    from (select touch, customer, enrolment, first, n from unnest($2::text[], $3::text[], $4::text[], $5::integer[])
        with ordinality as x(touch, customer, enrolment, first, n) limit $1::integer) k
      left join lateral (select id, customer_id, enrolment_id, state, ask, answer, request, channel, attempt,
          journey, purpose, made_by, cause, asked_at, sending_at,
          until, provider_id, receipt, failure from touches where id = k.touch limit 1) t on true
      left join lateral (select customer_id, merged_into, version, recent, waiting, gates, shared from budgets where customer_id = coalesce(k.customer, t.customer_id) limit 1) b on true
      left join lateral (select delivered from enrolments where id = k.enrolment limit 1) e on true
    order by k.n`;

interface Found {
  readonly customer_id: string | null;
  readonly merged_into: string | null;
  readonly version: string;
  /** Null but for the first of a customer. */
  readonly recent: string | null;
  readonly waiting: string;
  readonly gates: string;
  readonly id: string | null;
  readonly touch_customer_id: string;
  readonly enrolment_id: string | null;
  readonly state: TouchState;
  readonly ask: number;
  readonly answer: AskAnswer;
  readonly request: RequestRest | null;
  readonly channel: Channel | null;
  readonly journey: string | null;
  readonly purpose: string;
  readonly made_by: 'tech' | 'human';
  readonly cause: string | null;
  readonly asked_at: Date;
  readonly attempt: string | null;
  readonly sending_at: Date | null;
  readonly until: Date | null;
  readonly provider_id: string | null;
  readonly receipt: string | null;
  readonly failure: string | null;
  readonly delivered: number | null;
  readonly shared: string | null;
  readonly killed: Killed | null;
  readonly area_guards: readonly AreaGuard[] | null;
}

/** In the order of `wanted`. Null: this customer has no row yet or was merged, or there is no such touch to find them by. */
export async function load(run: Run, wanted: readonly Wanted[]): Promise<(Loaded | null)[]> {
  const named = new Set<string>();
  const first = wanted.map(({ customerId }) => {
    if (customerId === undefined) return 1;
    if (named.has(customerId)) return 0;
    named.add(customerId);
    return 1;
  });
  const found = await run<Found>(statement, [
    noLimit,
    binaryArray(
      'text',
      wanted.map((w) => (w.isNew === true ? null : w.touchId)),
    ),
    binaryArray(
      'text',
      wanted.map((w) => w.customerId),
    ),
    binaryArray(
      'text',
      wanted.map((w) => w.enrolmentId),
    ),
    binaryArray('integer', first),
  ]);
  const rows = new Map<string, Pick<Loaded, 'row' | 'read'>>();
  const killedFor = await killedOf(
    run,
    found[0]?.killed ?? [],
    found.flatMap((f) => f.customer_id ?? []),
  );
  return found.map((f) => {
    if (f.customer_id === null || f.merged_into !== null) return null;
    const found = rows.get(f.customer_id) ?? readOf(parsed(f.customer_id, f), f.area_guards);
    rows.set(f.customer_id, found);
    const { salt, shared } = sharedIn(f.shared);
    return {
      read: found.read,
      row: shared.length === 0 ? found.row : { ...found.row, shared },
      salt,
      touch: touchOf(f),
      killed: killedFor(f.customer_id),
      delivered: f.delivered,
    };
  });
}

/** Decided on with the guards of the areas where they are; written without them. */
function readOf(stored: StoredRow, areas: readonly AreaGuard[] | null): Pick<Loaded, 'row' | 'read'> {
  const row = rowOf(stored);
  return {
    row: areas === null ? row : { ...row, gates: underAreas(row.gates, areas) },
    read: { version: row.version, recent: row.recent, lines: stored.recent.toString() },
  };
}

function sharedIn(text: string | null): { readonly salt: string | null; readonly shared: readonly SharedRow[] } {
  if (text === null) return { salt: null, shared: [] };
  const { salt, rows } = JSON.parse(text) as { salt: string; rows: StoredShared[] | null };
  return { salt, shared: (rows ?? []).map(sharedRowOf) };
}

function parsed(customerId: string, { version, recent, waiting, gates }: Found): StoredRow {
  if (recent === null) throw new Error(`The ring of customer '${customerId}' was not sent with their first touch`);
  return {
    customer_id: customerId,
    version,
    recent,
    waiting: waiting === '[]' ? [] : (JSON.parse(waiting) as StoredRow['waiting']),
    gates: gatesIn(gates),
  };
}

/** Most customers have said the same: what was parsed before is shared, for it never changes. */
const gatesSeen = new Map<string, StoredRow['gates']>();
const gatesSeenAtMost = 1_000;

function gatesIn(text: string): StoredRow['gates'] {
  const seen = gatesSeen.get(text);
  if (seen) return seen;
  const gates = JSON.parse(text) as StoredRow['gates'];
  if (gatesSeen.size >= gatesSeenAtMost) gatesSeen.clear();
  gatesSeen.set(text, gates);
  return gates;
}

function touchOf(f: Found): StoredTouch | null {
  if (f.id === null) return null;
  const { id, state, ask, answer, channel, attempt, receipt, failure } = f;
  return {
    id,
    customerId: f.touch_customer_id,
    enrolmentId: f.enrolment_id,
    state,
    ask,
    answer,
    request: requestOf(f, id),
    channel,
    attempt,
    sendingAt: f.sending_at?.getTime() ?? null,
    until: f.until?.getTime() ?? null,
    providerId: f.provider_id,
    receipt,
    failure,
  };
}

function requestOf(f: Found, touchId: string): TouchRequest | null {
  if (f.channel === null) return null;
  return {
    touchId,
    customerId: f.touch_customer_id,
    journey: f.journey ?? '',
    purpose: f.purpose,
    channel: f.channel,
    madeBy: f.made_by,
    assumes: [],
    askedAt: f.asked_at.getTime(),
    ...(f.cause === null ? {} : { cause: f.cause }),
    ...f.request,
  };
}
