import type { Command } from 'commander';
import type { SetAudienceOptions } from '../commands/audiences.ts';
import type { BudgetOptions } from '../commands/budget.ts';
import type { StopJourneyOptions } from '../commands/customer-journeys.ts';
import type { WhyOptions } from '../commands/why.ts';
import type { ConsentOptions, PutOptions, StopOptions } from '../commands/customers.ts';
import { declareGuards } from './guards.ts';
import { acts, asClient, examples, type ClientOptions, type Declaring } from './declare.ts';

export function declareCustomers(declaring: Declaring): void {
  const { program } = declaring;
  acts<[string, string, string[], ClientOptions & { key?: string; at?: string }]>(
    declaring,
    examples(
      asClient(program.command('enrol'))
        .description('tell that something happened to a customer; journeys begin with it, or hear of it')
        .argument('<event>', 'an event of the published words')
        .argument('<customer>', "the customer's id")
        .argument('[field=value...]', "the event's fields; numbers, true and false are read as such")
        .option('--key <key>', 'the idempotency key: the same one twice is one event')
        .option('--at <instant>', 'when it happened, such as 2026-03-02T09:00:00Z; now, without it'),
      'righttouch enrol inquiry-received c-1042 inquiryId=i-7 topic=billing urgent=false',
      'righttouch enrol offer-ready c-1042 offerId=spring percent=15 --key offer-spring-c-1042',
    ),
    () => import('../commands/enrol.ts').then((m) => m.enrol),
  );
  acts<[string, WhyOptions]>(
    declaring,
    examples(
      asClient(program.command('why'))
        .description('every touch made and not made to a customer, in order, each with its reason')
        .argument('<customer>', "the customer's id")
        .option('--for <whom>', "in whose words: 'designer', 'agent' or 'customer'", 'designer')
        .option('--language <language>', "'en' or 'de', for agents and customers; customers are answered in their own")
        .option('--limit <count>', 'the newest so many, at most 200', '200')
        .option('--after <cursor>', 'the page after that'),
      'righttouch why c-1042',
      'righttouch why c-1042 --for customer --language de',
      'righttouch why c-1042 --json',
    ),
    () => import('../commands/why.ts').then((m) => m.why),
  );
  acts<[string, BudgetOptions]>(
    declaring,
    examples(
      asClient(program.command('budget'))
        .description("a customer's budget, drawn: what each window holds, what may be said, who waits")
        .argument('<customer>', "the customer's id")
        .option('--at <instant>', 'as it was then, from what is stored')
        .option('--if <touch>', "what a touch would be answered: 'marketing by email', or JOURNEY/STEP")
        .option('--policy <version>', 'by this version of the policy; the newest, without it'),
      'righttouch budget c-1042',
      "righttouch budget c-1042 --if 'marketing by email'",
      'righttouch budget c-1042 --at 2026-03-02T09:00:00Z --if offer/hint',
    ),
    () => import('../commands/budget.ts').then((m) => m.budget),
  );
  declareCustomerRecords(
    declaring,
    program.command('customers').description('list, show and change customers, their consents and stops'),
  );
  declareAudiences(declaring);
  declareGuards(declaring);
}

const audiences = () => import('../commands/audiences.ts');

function declareAudiences(declaring: Declaring): void {
  const { program } = declaring;
  const group = program.command('audiences').description('who a journey by audience is sent to; count them first');
  examples(
    group,
    `righttouch audiences set gold --where '{"path":"customer.plan","is":["gold"]}'`,
    'righttouch audiences set customers-of-2026 --ids customers.txt',
    'righttouch audiences preview customers-of-2026 --journey year-in-review',
  );
  acts<[ClientOptions]>(
    declaring,
    asClient(group.command('list', { isDefault: true })).description('all audiences'),
    () => audiences().then((m) => m.listAudiences),
  );
  acts<[string, SetAudienceOptions]>(
    declaring,
    asClient(group.command('set'))
      .description('say who it is: everybody of whom a condition holds, or a list')
      .argument('<audience>')
      .option('--where <json>', 'the condition, as it is stored')
      .option('--ids <file>', "a file of customers' ids, one a line"),
    () => audiences().then((m) => m.setAudience),
  );
  acts<[string, ClientOptions & { journey?: string }]>(
    declaring,
    asClient(group.command('preview'))
      .description('how many they are, and a few of them')
      .argument('<audience>')
      .option('--journey <journey>', "also how many its first touch's channels reach"),
    () => audiences().then((m) => m.previewAudience),
  );
  const sent = program.command('broadcasts').description('journeys to an audience: planned, under way and over');
  examples(sent, 'righttouch broadcasts', 'righttouch broadcasts cancel b_4w1…');
  acts<[ClientOptions]>(
    declaring,
    asClient(sent.command('list', { isDefault: true })).description('how far each is'),
    () => audiences().then((m) => m.listBroadcasts),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(sent.command('cancel')).description('stop one for good').argument('<broadcast>'),
    () => audiences().then((m) => m.cancelBroadcast),
  );
}

const load = () => import('../commands/customers.ts');

const theirJourneys = () => import('../commands/customer-journeys.ts');

function declareTheirJourneys(declaring: Declaring, customers: Command): void {
  acts<[string, ClientOptions]>(
    declaring,
    asClient(customers.command('journeys'))
      .description('which run for a customer, and which are stopped')
      .argument('<customer>'),
    () => theirJourneys().then((m) => m.journeysOf),
  );
  acts<[string, string, StopJourneyOptions]>(
    declaring,
    asClient(customers.command('stop-journey'))
      .description('pause a journey for one customer, or stop it: its run ends, and it is not entered again')
      .argument('<customer>')
      .argument('<journey>')
      .requiredOption('--reason <reason>', 'why')
      .option('--until <instant>', 'paused until then; without it, stopped'),
    () => theirJourneys().then((m) => m.stopJourneyFor),
  );
  acts<[string, string, ClientOptions]>(
    declaring,
    asClient(customers.command('resume-journey'))
      .description('let a journey go on for a customer: what waited asks again at once')
      .argument('<customer>')
      .argument('<journey>'),
    () => theirJourneys().then((m) => m.letJourneyGoOn),
  );
}

function declareCustomerRecords(declaring: Declaring, customers: Command): void {
  examples(
    customers,
    'righttouch customers list',
    "righttouch customers put c-1042 --email ana@example.com --sms '+4915112345678' --zone Europe/Berlin firstName=Ana plan=gold",
    "righttouch customers consent c-1042 email marketing --source 'web form'",
    "righttouch customers stop c-1042 sms --reason 'asked on the phone'",
    'righttouch customers find mia san',
    "righttouch customers stop-journey c-1042 offer --reason 'is moving' --until 2026-03-09T09:00:00Z",
    "righttouch customers merge c-2077 c-1042 --reason 'same person, by phone'",
  );
  acts<[ClientOptions]>(
    declaring,
    asClient(customers.command('list', { isDefault: true })).description('all customers'),
    () => load().then((m) => m.listCustomers),
  );
  acts<[string, ClientOptions]>(
    declaring,
    asClient(customers.command('show')).description('one customer, with consents and stops').argument('<customer>'),
    () => load().then((m) => m.showCustomer),
  );
  acts<[string[], ClientOptions]>(
    declaring,
    asClient(customers.command('find'))
      .description('by id, address, number, what is on record or what was said; the beginnings of words do')
      .argument('<words...>'),
    () => import('../commands/find-customers.ts').then((m) => m.findCustomers),
  );
  declareTheirJourneys(declaring, customers);
  acts<[string, string[], PutOptions]>(
    declaring,
    asClient(customers.command('put'))
      .description('create or change a customer; what is left out stays')
      .argument('<customer>')
      .argument('[field=value...]', 'fields of the published words; an empty value takes a field away')
      .option('--zone <zone>', 'the IANA zone, such as Europe/Berlin')
      .option('--locale <locale>', 'the language, such as de or de-CH')
      .option('--prefers <channel>', 'the channel they prefer')
      .option('--place <place>', "where they live: DE, DE-NW or DE:53501; '' takes it away")
      .option('--jurisdiction <law>', "whose law holds for them, such as US-FL; '' leaves it to place and numbers")
      .option('--account <id>', "the account they belong to; '' takes them out of theirs")
      .option('--email <address>', 'an e-mail address; may be repeated', oneMore)
      .option('--sms <number>', 'a number for texts; may be repeated', oneMore),
    () => load().then((m) => m.putCustomer),
  );
  acts<[string, string, string, ConsentOptions]>(
    declaring,
    asClient(customers.command('consent'))
      .description('record a consent, or with --withdraw that it was withdrawn')
      .argument('<customer>')
      .argument('<channel>')
      .argument('<purpose>')
      .requiredOption('--source <where>', "where it was said, such as 'web form'")
      .option('--proof <proof>', 'what shows it')
      .option('--text <words>', 'the words that were agreed to')
      .option('--by <who>', 'who said it, where that was not the customer')
      .option('--at <instant>', 'when it was said')
      .option('--withdraw', 'it was withdrawn'),
    () => load().then((m) => m.recordConsent),
  );
  acts<[string, string, StopOptions]>(
    declaring,
    asClient(customers.command('stop'))
      .description('stop all contact on a channel, or on all; --lift ends a stop')
      .argument('<customer>')
      .argument('<channel>', "a channel, or 'all'")
      .option('--reason <reason>', 'why', 'asked for it')
      .option('--source <where>', 'where it was said')
      .option('--lift', 'contact is allowed again'),
    () => load().then((m) => m.stopCustomer),
  );
  acts<[string, string, ClientOptions & { reason: string }]>(
    declaring,
    asClient(customers.command('merge'))
      .description('two records are one person: both ids mean the second from then on, with the stricter budget')
      .argument('<from>', 'the record that ceases to be one of its own')
      .argument('<into>', 'the record that is kept')
      .option('--reason <reason>', 'how it was found', 'found to be one person'),
    () => load().then((m) => m.mergeCustomers),
  );
}

/** Repeated and not listed: a list would swallow the fields that stand behind it. */
const oneMore = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
