/** What must not compile, each with the reason; and beside it, what must. */
import { act, allOf, answer, ask, atLeast, choose, end, escalate, goTo, is, isKnown, journey, listen, lookUp, not, offerCall, pause, policy, promise, question, remind, repeat, rule, split, substitute, toHuman, touch, waitAtMost, when, window } from '../sketch/words.js';
import { id, oneOf, teach, text } from 'righttouch';

const head = { entry: { event: 'inquiry-received', oncePer: 'inquiryId' }, team: 'care' } as const;
const mild = { ...head, purpose: 'marketing', reach: 'email', fate: 'drop' } as const;
const bare = { ...head, purpose: 'marketing', reach: 'email' } as const;

// ── fate ────────────────────────────────────────────────────────────────────
// @ts-expect-error no fate of its own, none of the journey's
journey('m', { ...bare, steps: [touch('hello', { say: 'still-there' })] });
// @ts-expect-error nor deep inside
journey('m', { ...bare, steps: [listen('l', '1 day', { 'customer-replied': [touch('hello', { say: 'still-there' })], silence: [] })] });
// @ts-expect-error nor in an interruption
journey('m', { ...bare, steps: [], anyTime: { 'customer-replied': [touch('hello', { say: 'still-there' })] } });
journey('m', { ...bare, fate: 'drop', steps: [touch('hello', { say: 'still-there' })] });
journey('m', { ...bare, steps: [touch('hello', { say: 'still-there', fate: waitAtMost('1 day', substitute('sms', toHuman('care'))) })] });
// @ts-expect-error a fate that waits says what then
waitAtMost('1 day');
// @ts-expect-error no such fate
touch('hello', { say: 'still-there', fate: 'toHumans' });
// @ts-expect-error no reach anywhere
journey('m', { ...head, purpose: 'marketing', fate: 'drop', steps: [touch('hello', { say: 'still-there' })] });
// @ts-expect-error no purpose anywhere
journey('m', { ...head, reach: 'email', fate: 'drop', steps: [touch('hello', { say: 'still-there' })] });

// ── who makes it ────────────────────────────────────────────────────────────
// @ts-expect-error tech makes no relationships
touch('thanks', { say: 'how-was-it', purpose: 'relationship', madeBy: 'tech' });
// @ts-expect-error nor by saying nothing
touch('thanks', { say: 'how-was-it', purpose: 'relationship' });
// @ts-expect-error nor because the whole journey is one
journey('m', { ...head, purpose: 'relationship', reach: 'voice', fate: 'drop', steps: [touch('thanks', { say: 'how-was-it' })] });
touch('thanks', { say: 'how-was-it', purpose: 'relationship', madeBy: 'human', within: '2 business days' });
// @ts-expect-error nor by letting a machine hold the conversation
ask('a', { purpose: 'relationship', waits: '1 day', questions: [question('customer.device', 'Which?')] }, { lost: [], silence: [] });
// @ts-expect-error nor by inheriting that
journey('m', { ...head, purpose: 'relationship', reach: 'chat', fate: 'drop', steps: [ask('a', { waits: '1 day', questions: [question('customer.device', 'Which?')] }, { lost: [], silence: [] })] });
// @ts-expect-error a person needs a time
touch('thanks', { say: 'how-was-it', madeBy: 'human' });
// @ts-expect-error tech needs none
touch('thanks', { say: 'how-was-it', within: '1 day' });
// @ts-expect-error a rule never turns a person's touch over to tech
rule('cheaper', when('customer.keyClient'), { madeBy: 'tech' });
// @ts-expect-error a rule that asks a person says by when
rule('gold customers get a person', when('customer.plan', is('gold')), { madeBy: 'human' });

// ── cause ───────────────────────────────────────────────────────────────────
// @ts-expect-error a service cites its cause
touch('late', { say: 'parcel-late', purpose: 'service' });
// @ts-expect-error so does a journey of services
journey('m', { ...head, purpose: 'service', reach: 'email', fate: 'drop', steps: [] });
// @ts-expect-error an event this journey never hears is no cause
journey('m', { ...head, purpose: 'service', cause: 'parcel-overdue', reach: 'email', fate: 'drop', steps: [] });
// @ts-expect-error an event that gives us no reason to write is none either
journey('m', { ...mild, entry: { event: 'cart-left', oncePer: 'cartId' }, purpose: 'service', cause: 'cart-left', steps: [] });
// @ts-expect-error nor is a promise nobody made
journey('m', { ...mild, steps: [touch('late', { say: 'parcel-late', purpose: 'service', cause: 'first-anser' })] });
journey('m', { ...mild, steps: [promise('first-answer', { due: '2 days', keptBy: 'we-answered' }), touch('late', { say: 'parcel-late', purpose: 'service', cause: 'first-answer' })] });

// ── names ───────────────────────────────────────────────────────────────────
// @ts-expect-error unknown template
touch('hello', { say: 'still-their' });
// @ts-expect-error unknown team
toHuman('sales');
// @ts-expect-error unknown channel
touch('hello', { say: 'still-there', reach: ['fax'] });
// @ts-expect-error no channel at all
touch('hello', { say: 'still-there', reach: [] });
// @ts-expect-error unknown event
listen('l', '1 day', { 'customer-repled': [], silence: [] });
// @ts-expect-error unknown event among known ones
journey('m', { ...mild, exits: { 'inquiry-closed': 'answered', 'no-such': 'x' }, steps: [] });
// @ts-expect-error unknown event as an interruption
journey('m', { ...mild, steps: [], anyTime: { 'no-such': [] } });
// @ts-expect-error unknown goal
journey('m', { ...mild, goal: 'contract-renewd', steps: [] });
// @ts-expect-error unknown setting of a touch
touch('hello', { say: 'still-there', introduce: 'technician-named.technician' });
// @ts-expect-error unknown setting of a journey
journey('m', { ...mild, exit: {}, steps: [] });
// @ts-expect-error only people can be introduced
touch('meet', { say: 'meet-your-technician', introduces: 'inquiry-received.topic' });

// ── times and moments ───────────────────────────────────────────────────────
// @ts-expect-error misspelt unit
pause('p', '3 dayz');
// @ts-expect-error misspelt business time
escalate('e', { because: 'x', within: '4 busines hours' }, { nobody: [] });
// @ts-expect-error weeks are not counted in business time
pause('p', '2 business weeks');
// @ts-expect-error unknown field
pause('p', '1 day before appointment-set.startAt');
// @ts-expect-error a field that is no moment
pause('p', '1 day before inquiry-received.topic');
// @ts-expect-error a budget waits in plain time
waitAtMost('2 business days', 'drop');
pause('p', '1 day before appointment-set.startsAt at 17:00');
pause('p', 'next 09:00', { missed: [] });
pause('p', 'customer.renewsOn');

// ── where it goes ───────────────────────────────────────────────────────────
// @ts-expect-error goTo names no step
journey('m', { ...mild, steps: [pause('one', '1 day'), goTo('tow')] });
// @ts-expect-error nor deep inside
journey('m', { ...mild, steps: [listen('l', '1 day', { 'customer-replied': [goTo('nope')], silence: [] })] });
journey('m', { ...mild, steps: [pause('one', '1 day'), goTo('one')] });
// @ts-expect-error what is silence
listen('l', '1 day', { 'customer-replied': [] });
// @ts-expect-error what if nobody takes it
escalate('e', { because: 'x', within: '4 hours' }, { answered: [] });
// @ts-expect-error why is it given to a person
escalate('e', { within: '4 hours' }, { nobody: [] });
// @ts-expect-error a value without an arm
choose('c', 'inquiry-received.topic', { billing: [], delivery: [], other: [] });
// @ts-expect-error an arm without a value
choose('c', 'inquiry-received.topic', { billing: [], delivery: [], device: [], other: [], refund: [] });
// @ts-expect-error what if we do not know
choose('c', 'customer.device', { camera: [], printer: [], laptop: [] });
// @ts-expect-error a number has no arms
choose('c', 'cart-left.total', { yes: [], no: [] });
// @ts-expect-error steps stand in a list
listen('l', '1 day', { silence: end('x') });
// @ts-expect-error a split without a goal measures nothing
journey('m', { ...mild, steps: [split('s', '50/50', { a: [], b: [] })] });
journey('m', { ...mild, goal: 'contract-renewed', steps: [split('s', '50/50', { a: [], b: [] })] });

// ── conditions ──────────────────────────────────────────────────────────────
// @ts-expect-error unknown field
when('inquiry-received.topik', is('billing'));
// @ts-expect-error a value the field cannot have
when('inquiry-received.topic', is('refund'));
// @ts-expect-error a number's test on a choice
when('inquiry-received.topic', atLeast(1));
// @ts-expect-error a choice needs a test
when('inquiry-received.topic');
// @ts-expect-error an event this journey never hears
journey('m', { ...mild, steps: [choose('c', when('parcel-overdue.daysLate', atLeast(3)), { yes: [], no: [] })] });
// @ts-expect-error nor in a rule of the whole journey
journey('m', { ...mild, prefer: [rule('x', when('visit-finished.total', atLeast(3)), { reach: 'sms' })], steps: [] });
// @ts-expect-error not even in a rule
journey('m', { ...mild, steps: [touch('a', { say: 'still-there', prefer: [rule('x', when('cart-left.total', atLeast(3)), { reach: 'sms' })] })] });
journey('m', { ...mild, steps: [choose('c', allOf(when('run.failures', atLeast(2)), not(when('customer.device', isKnown()))), { yes: [], no: [] })] });

// ── conversations and other systems ─────────────────────────────────────────
// @ts-expect-error an ask asks something
ask('a', { waits: '1 day', questions: [] }, { lost: [], silence: [] });
// @ts-expect-error events are not asked for
question('inquiry-received.topic', 'Which topic?');
// @ts-expect-error an event this journey never hears decides nothing, not even a question
journey('m', { ...mild, steps: [ask('a', { waits: '1 day', questions: [question('customer.device', 'Which?', { only: when('cart-left.total', atLeast(5)) })] }, { lost: [], silence: [] })] });
// @ts-expect-error unknown articles
answer('a', { from: 'help-centre', sureAt: 0.8, waits: '1 day' }, { helped: [], unsure: [goTo('person')], silence: [] });
// @ts-expect-error unknown system
lookUp('l', { find: 'where-is-parcle', with: { orderId: 'parcel-overdue.orderId' } }, { 'on-its-way': [], lost: [], unsure: [] });
// @ts-expect-error an event nobody sends keeps no promise
promise('p', { due: '2 business days', keptBy: 'we-anwered' });
// @ts-expect-error what if they are lost
ask('a', { waits: '1 day', questions: [question('customer.device', 'Which?')] }, { silence: [] });
// @ts-expect-error unsure, and nobody takes over
answer('a', { from: 'help-center', sureAt: 0.8, waits: '1 day' }, { helped: [], unsure: [], silence: [] });
answer('a', { from: 'help-center', sureAt: 0.8, waits: '1 day' }, { helped: [], unsure: [goTo('person')], silence: [] });
// @ts-expect-error what if the call is missed
offerCall('o', { say: 'shall-we-call', slots: 3, waits: '1 day' }, { talked: [], declined: [], silence: [] });
// @ts-expect-error the other system may be unsure
lookUp('l', { find: 'where-is-parcel', with: { orderId: 'parcel-overdue.orderId' } }, { 'on-its-way': [], lost: [] });
// @ts-expect-error it needs to know which order
lookUp('l', { find: 'where-is-parcel', with: {} }, { 'on-its-way': [], lost: [], unsure: [] });
// @ts-expect-error a number of days is no order
act('a', { do: 'refund-order', with: { orderId: 'parcel-overdue.daysLate' } }, { 'too-late': [], failed: [] });
// @ts-expect-error what if it fails
act('a', { do: 'refund-order', with: { orderId: 'parcel-overdue.orderId' } }, { 'too-late': [] });
// @ts-expect-error a promise says what keeps it
promise('p', { due: '2 business days' });
// @ts-expect-error misspelt time in its renewal
promise('p', { due: '2 business days', keptBy: 'we-answered', renew: { say: 'one-more-day', ahead: '4 hour', more: '1 busines day', times: 1 } });
// @ts-expect-error a reminder has a time
remind('r', { at: 'soon', about: 'the terms' });
// @ts-expect-error misspelt unit in a repeat
repeat('r', { times: 2, every: '10 dayz' }, []);

// ── words ───────────────────────────────────────────────────────────────────
const few = { causes: [], customer: {}, templates: [], teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' } } } as const;
teach({ ...few, events: { left: { cartId: id, note: oneOf('a', 'b') } } });
// @ts-expect-error free text stays out of events
teach({ ...few, events: { left: { note: text } } });
// @ts-expect-error a cause is an event
teach({ ...few, events: { left: { cartId: id } }, causes: ['lft'] });
// @ts-expect-error a ladder leads to a team
teach({ ...few, events: {}, teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin', ladder: ['leads'] } } });

// ── the whole ───────────────────────────────────────────────────────────────
// @ts-expect-error how does it begin
journey('m', { team: 'care', steps: [] });
// @ts-expect-error runs are told apart by an id
journey('m', { ...mild, entry: { event: 'inquiry-received', oncePer: 'topic' }, steps: [] });
// @ts-expect-error a date to enter by is the customer's
journey('m', { ...mild, entry: { date: '60 days before appointment-set.startsAt' }, steps: [] });
// @ts-expect-error nobody has entered yet, so nothing else has happened
journey('m', { ...mild, entry: { event: 'cart-left', oncePer: 'cartId', only: when('visit-finished.total', atLeast(50)) }, steps: [] });
journey('m', { ...mild, entry: { event: 'cart-left', oncePer: 'customer', again: 'after 30 days', only: when('cart-left.total', atLeast(50)) }, steps: [] });
// @ts-expect-error unknown audience
journey('m', { ...mild, entry: { audience: 'everybody', at: '2026-12-16 09:00' }, steps: [] });
// @ts-expect-error a rule the explorer does not know
journey('m', { ...mild, steps: [], expect: ['at most three touches'] });
// @ts-expect-error a window spans a plain time
window('w', { atMost: 3, in: '7 dayz' });
// @ts-expect-error a policy knows no such rule
policy('p', { maxSilense: '1 day' });
