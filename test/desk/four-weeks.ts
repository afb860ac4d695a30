/** Four weeks of a small company, so that there is something to look at: the same at each time, and written as the engine leaves it behind. */
import { sql } from 'kysely';
import type { Engine } from '../story/engine.ts';
import { putAgent, setShift } from '../../store/agents/agents.ts';

/** Weekdays are busier, and one of them went wrong. */
export async function fourWeeks({ db, clock }: Engine): Promise<void> {
  const now = new Date(clock.now());
  await sql`insert into customers (id, zone, locale, fields, created_at, updated_at)
    select 'h-' || n, 'Europe/Berlin', 'en', jsonb_build_object('firstName', 'Customer ' || n), ${now}, ${now}
    from generate_series(1, 60) n`.execute(db);
  // Of each day: who got how many touches, made by whom, and whether a soft cap was passed.
  await sql`insert into touches (id, customer_id, purpose, made_by, channel, cost, state, ask, answer, considered, asked_at, sent_at, journey, version, step)
    select 'h-' || d || '-' || c || '-' || k, 'h-' || c, 'service',
      case when (c * 7 + d + k) % 4 = 0 then 'human' else 'tech' end,
      (array['email', 'email', 'sms', 'voice'])[1 + (c + d + k) % 4], 1, 'sent', 1,
      json_build_object('is', 'reserved', 'warnings',
        case when k = 4 and d % 5 <> 1 then json_build_array(json_build_object('gate', 'windows', 'rule', 'services a week')) else '[]'::json end),
      '[]', at, at, 'inquiry', 1, 'arrived'
    from generate_series(0, 27) d, generate_series(1, 60) c, generate_series(1, 6) k,
      lateral (select ${now}::timestamptz - make_interval(days => d, mins => 11 * k + c % 7) as at) moment
    where (c * 13 + d * 5) % 60 < case when extract(isodow from at) > 5 then 6 else 26 + (d * 11) % 9 end
      and k <= 1 + ((c * 31 + d * 17) % 97) / 38 + ((c + d) % 23) / 20 + case when d = 9 and c % 5 = 0 then 2 else 0 end`.execute(
    db,
  );
  await sql`insert into decisions (touch_id, ask, customer_id, decided, because, explanation, at)
    select 'w-' || d || '-' || n, 1, 'h-' || (1 + n), (array['deferred', 'deferred', 'deferred', 'dropped', 'to-human'])[1 + (n + d) % 5],
      (array['quiet hours', 'windows', 'spacing', 'hold', 'consent', 'windows', 'guard'])[1 + (n * 3 + d) % 7],
      '{"tried":[],"says":""}', ${now}::timestamptz - make_interval(days => d, mins => n)
    from generate_series(0, 27) d, generate_series(1, 30) n
    where n <= case when extract(isodow from ${now}::timestamptz - make_interval(days => d)) > 5 then 3 else 9 + (d * 7) % 12 end`.execute(
    db,
  );
  await sql`insert into tasks (id, customer_id, team, state, ladder, asked_team, claimed_by, claimed_at, outcome, within, created_at, done_at)
    select 'h-' || d || '-' || n, 'h-' || n, 'care', 'done', '[]', 'care', 'ben', opened + taken, 'answered', '4 business hours', opened,
      opened + taken + make_interval(mins => 6 + (n * 5 + d) % 21)
    from generate_series(0, 27) d, generate_series(1, 14) n,
      lateral (select ${now}::timestamptz - make_interval(days => d, mins => 90 + n * 37) as opened,
        make_interval(mins => 4 + (n * n + d * 3) % 50 + case when d = 9 then 70 else 0 end) as taken) t
    where n <= case when extract(isodow from opened) > 5 then 1 else 6 + d % 7 end`.execute(db);
  await sql`insert into task_log (task_id, at, actor, action) select id, claimed_at, 'ben', 'claim' from tasks where id like 'h-%'`.execute(
    db,
  );
  await sql`insert into enrolments (id, customer_id, journey, version, rules, entry_key, state, step, started_at, parked_at)
    select 'e-h-' || n, 'h-' || n, 'inquiry', 1, 1, 'h-' || n, 'running',
      (array['our-answer', 'our-answer', 'our-answer', 'person', 'all-well', 'our-answer-still', 'all-well'])[1 + n % 7], ${now}, ${now}::timestamptz - make_interval(hours => n)
    from generate_series(1, 31) n`.execute(db);
  await sql`insert into promises (id, customer_id, enrolment_id, step, team, kept_by, state, due_at, made_at, settled_at)
    select 'h-' || d || '-' || n, 'h-1', 'e-h-1', 'first-answer', 'care', '{}', case when (n = 7 and d % 4 = 1) or (d = 9 and n < 4) then 'broken' else 'kept' end,
      settled, settled, settled
    from generate_series(0, 27) d, generate_series(1, 12) n, lateral (select ${now}::timestamptz - make_interval(days => d, mins => n * 20) as settled) s
    where n <= case when extract(isodow from settled) > 5 then 1 else 5 + d % 6 end`.execute(db);
  // Written on the evening before a day that nobody answered.
  await sql`insert into messages (customer_id, id, direction, kind, channel, author, body, at)
    select 'h-' || c, 'h-' || d || '-' || c, 'in', 'message', 'email', 'customer', 'Is anybody there?', ${now}::timestamptz - make_interval(days => d + 2)
    from generate_series(0, 26) d, generate_series(30, 60) c where (c * 7 + d * 3) % 31 < case when d = 8 then 4 else (d % 5) / 3 end`.execute(
    db,
  );
  await sql`insert into messages (customer_id, id, direction, kind, channel, author, body, at)
    select customer_id, id || '-answer', 'out', 'message', 'email', 'ben', 'We are.', at + interval '45 hours' from messages where id like 'h-%'`.execute(
    db,
  );
  const who = { languages: ['en', 'de'], skills: [], interests: [], sharesInterests: false, zone: null, hours: null };
  for (const [name, capacity] of [
    ['ben', 5],
    ['cleo', 4],
    ['dora', 6],
    ['finn', 5],
  ] as const)
    await putAgent(db, { ...who, name, teams: ['care'], capacity }, clock.now());
  for (const name of ['ben', 'cleo', 'finn']) await setShift(db, name, true, clock.now() - 5_400_000);
}
