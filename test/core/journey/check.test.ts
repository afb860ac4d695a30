import { beforeAll, expect, test } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { countSegments } from '../../../channels/segments.ts';
import { variablesOf } from '../../../channels/templates.ts';
import { loadProject } from '../../../cli/load-project.ts';
import { check, type Project } from '../../../core/journey/check.ts';
import { sentence } from '../../../core/journey/fault.ts';

type Loose = Record<string, unknown>;
/** A project as somebody might send it: plain data, nobody's types. */
interface Draft {
  words: Loose & {
    teams: Record<string, Loose>;
    templates: string[];
    causes: string[];
    events: Record<string, Loose>;
    customer: Loose;
  };
  policy: Loose & { windows: Loose[]; quiet: Loose[]; first: string[] };
  templates: (Loose & {
    name: string;
    needs: string[];
    assumes: string[];
    channels: Record<string, Loose>;
    body: string;
    tells?: string;
  })[];
  journeys: (Loose & {
    name: string;
    entry: Loose;
    exits: Loose;
    anyTime: Loose;
    steps: Record<string, Loose & { goes: Loose }>;
  })[];
}

let project: Project;
beforeAll(async () => {
  const loaded = await loadProject(fileURLToPath(new URL('../../../journeys/', import.meta.url)));
  project = { ...loaded, journeys: loaded.journeys.filter(({ name }) => name === 'starter') };
});

const planted = (plant: (draft: Draft) => void): readonly string[] => {
  const { files: _files, ...data } = project;
  const draft = JSON.parse(JSON.stringify(data)) as Draft;
  plant(draft);
  return check(draft as unknown as Project, { variablesOf, countSegments }).map(sentence);
};
const step = (draft: Draft, id: string) => draft.journeys[0]!.steps[id]!;
const template = (draft: Draft, name: string) => draft.templates.find((t) => t.name === name)!;

test('a sound project has no fault', () => {
  expect(planted(() => undefined)).toEqual([]);
});

test.each<[string, (draft: Draft) => void, string[]]>([
  // ── names ──
  [
    'an unknown team of a journey',
    (d) => (d.journeys[0]!['team'] = 'cara'),
    ["No team is called 'cara'. Did you mean 'care'?"],
  ],
  [
    'an unknown team of a step',
    (d) => (step(d, 'forgotten')['team'] = 'leeds'),
    ["Step 'forgotten': No team is called 'leeds'. Did you mean 'leads'?"],
  ],
  [
    'an unknown team in a fate',
    (d) => (step(d, 'arrived')['fate'] = { fate: 'wait', atMost: '1 day', then: { fate: 'toHuman', team: 'sales' } }),
    [
      "Step 'arrived': No team is called 'sales'. Teach it in words.ts, or name one of these: care, field, success, leads.",
    ],
  ],
  [
    'an unknown ladder',
    (d) => (step(d, 'forgotten')['ladder'] = ['lead']),
    ["Step 'forgotten': No team is called 'lead'. Did you mean 'leads'?"],
  ],
  [
    'an unknown template',
    (d) => (step(d, 'arrived')['say'] = 'inquiry-arived'),
    [
      "Step 'arrived': No template is called 'inquiry-arived'. Did you mean 'inquiry-arrived'?",
      "Step 'first-answer': Nobody tells the customer of this promise. Say a template whose front matter says 'tells: promise'.",
    ],
  ],
  [
    'an unknown purpose',
    (d) => (step(d, 'arrived')['purpose'] = 'servise'),
    [
      "Step 'arrived': No purpose is called 'servise'. Did you mean 'service'?",
      "Step 'arrived': It is for servise, and template 'inquiry-arrived.en' is for service. Say a template of the same purpose: no advertisement rides on a service.",
    ],
  ],
  [
    'an unknown event to listen for',
    (d) => (step(d, 'our-answer').goes['customer-repled'] = 'end:answered'),
    ["Step 'our-answer': No event is called 'customer-repled'. Did you mean 'customer-replied'?"],
  ],
  [
    'an unknown exit',
    (d) => (d.journeys[0]!.exits['inquiry-close'] = 'closed'),
    ["No event is called 'inquiry-close'. Did you mean 'inquiry-closed'?"],
  ],
  [
    'an unknown goal',
    (d) => (d.journeys[0]!['goal'] = 'offer-token'),
    ["No event is called 'offer-token'. Did you mean 'offer-taken'?"],
  ],
  [
    'an unknown interruption',
    (d) => (d.journeys[0]!.anyTime['customer-replies'] = 'forgotten'),
    ["No event is called 'customer-replies'. Did you mean 'customer-replied'?"],
  ],
  [
    'an unknown event that keeps a promise',
    (d) => (step(d, 'first-answer')['keptBy'] = ['we-anwered']),
    ["Step 'first-answer': No event is called 'we-anwered'. Did you mean 'we-answered'?"],
  ],
  [
    'an unknown entry',
    (d) => (d.journeys[0]!.entry['event'] = 'inquiry-recieved'),
    [
      "No event is called 'inquiry-recieved'. Did you mean 'inquiry-received'?",
      "Step 'arrived': It cites 'inquiry-received', which is no event heard here, no promise and no escalation. Did you mean 'inquiry-recieved'?",
      "It reads 'inquiry-received', which this journey never hears. Listen for it, or enter by it.",
    ],
  ],
  [
    'runs told apart by what is no id',
    (d) => (d.journeys[0]!.entry['oncePer'] = 'topic'),
    ["Runs cannot be told apart by 'topic'. Write oncePer: with one of inquiryId, customer."],
  ],
  // ── causes ──
  [
    'a cause that is no reason to write',
    (d) => ((d.journeys[0]!.exits = { 'offer-taken': 'x' }), (step(d, 'arrived')['cause'] = 'offer-taken')),
    [
      "Step 'arrived': It cites 'offer-taken', but words.ts does not list it among the events that give us a reason to write. Cite one of inquiry-received, appointment-set, parcel-overdue, customer-replied, or give it another purpose.",
    ],
  ],
  [
    'a cause nobody heard of',
    (d) => (step(d, 'arrived')['cause'] = 'first-anser'),
    [
      "Step 'arrived': It cites 'first-anser', which is no event heard here, no promise and no escalation. Did you mean 'first-answer'?",
    ],
  ],
  [
    'a cause that has not come yet',
    (d) => (step(d, 'arrived')['cause'] = 'forgotten'),
    [
      "Step 'arrived': It cites 'forgotten', and there is a way to it on which that has not come yet. Put 'forgotten' before it on every way, or cite what has happened.",
    ],
  ],
  // ── fields and conditions ──
  [
    'a field nobody taught',
    (d) =>
      (step(d, 'arrived')['prefer'] = [{ because: 'x', when: { path: 'customer.plam', is: ['gold'] }, reach: 'sms' }]),
    ["Step 'arrived': There is no field 'customer.plam'. Did you mean 'customer.plan'?"],
  ],
  [
    'a value the field cannot have',
    (d) =>
      (step(d, 'arrived')['prefer'] = [
        { because: 'x', when: { not: { path: 'customer.plan', is: ['golden'] } }, reach: 'sms' },
      ]),
    ["Step 'arrived': 'customer.plan' can never be \"golden\". Did you mean 'gold'?"],
  ],
  [
    "a number's test on a choice",
    (d) =>
      (step(d, 'arrived')['prefer'] = [
        { because: 'x', when: { all: [{ path: 'customer.plan', atLeast: 2 }] }, reach: 'sms' },
      ]),
    ["Step 'arrived': 'customer.plan' is a choice. What stands here is a number."],
  ],
  [
    'a field of an event never heard',
    (d) =>
      (step(d, 'arrived')['prefer'] = [
        { because: 'x', when: { path: 'offer-ready.percent', atLeast: 10 }, reach: 'sms' },
      ]),
    ["Step 'arrived': It reads 'offer-ready', which this journey never hears. Listen for it, or enter by it."],
  ],
  [
    'an entry that asks what nobody knows yet',
    (d) => (d.journeys[0]!.entry['only'] = { path: 'we-answered.by', is: ['call'] }),
    ["It reads 'we-answered', which this journey never hears. Listen for it, or enter by it."],
  ],
  [
    'a time that hangs on no moment',
    (d) =>
      Object.assign(step(d, 'our-answer'), {
        until: '1 day before inquiry-received.topic',
        follows: 'inquiry-received',
      }),
    ["Step 'our-answer': 'inquiry-received.topic' is a choice. What stands here is a moment or a day."],
  ],
  [
    'a value without an arm, and an arm without a value',
    (d) =>
      (d.journeys[0]!.steps['our-answer'] = {
        kind: 'choose',
        by: 'customer.plan',
        next: 'end:finished',
        goes: { gold: 'end:answered', plus: 'end:answered', fee: 'forgotten' },
      }),
    [
      "Step 'our-answer': An arm is missing: 'free'. Write 'free': [], if nothing is to be done then.",
      "Step 'our-answer': 'fee' cannot be the answer here. Did you mean 'free'?",
    ],
  ],
  [
    'a choice by what has too many values',
    (d) =>
      (d.journeys[0]!.steps['our-answer'] = {
        kind: 'choose',
        by: 'customer.firstName',
        next: 'end:finished',
        goes: { gold: 'end:answered', plus: 'forgotten' },
      }),
    ["Step 'our-answer': 'customer.firstName' is a text. What stands here is a choice or a yes-or-no."],
  ],
  // ── ways ──
  [
    'a step nothing leads to',
    (d) => (step(d, 'our-answer').goes['silence'] = 'end:finished'),
    [
      "Step 'forgotten': Step 'forgotten' can never be reached: it stands after an end or a goTo, and no goTo names it. Lead to it with goTo('forgotten'), move it up, or take it out.",
    ],
  ],
  [
    'a way to nowhere',
    (d) => (step(d, 'forgotten').goes['answered'] = 'our-anser'),
    ["goTo('our-anser') leads nowhere: no step of this journey has that id. Did you mean 'our-answer'?"],
  ],
  [
    'a round in which no time passes',
    (d) => (step(d, 'arrived')['next'] = 'first-answer'),
    [
      "Step 'first-answer': It comes round to itself without time passing: first-answer, arrived. Put a pause or a listen into the round.",
      "Step 'our-answer': Step 'our-answer' can never be reached: it stands after an end or a goTo, and no goTo names it. Lead to it with goTo('our-answer'), move it up, or take it out.",
      "Step 'forgotten': Step 'forgotten' can never be reached: it stands after an end or a goTo, and no goTo names it. Lead to it with goTo('forgotten'), move it up, or take it out.",
      "Step 'first-answer': From here no way leads to an end, and the journey has neither goal nor exits. Let one way run out or end(…), or add exits.",
    ].sort(),
  ],
  [
    'a story without an end',
    (d) => Object.assign(step(d, 'our-answer').goes, { 'we-answered': 'our-answer', silence: 'our-answer' }),
    [
      "Step 'first-answer': From here no way leads to an end, and the journey has neither goal nor exits. Let one way run out or end(…), or add exits.",
      "Step 'forgotten': Step 'forgotten' can never be reached: it stands after an end or a goTo, and no goTo names it. Lead to it with goTo('forgotten'), move it up, or take it out.",
    ],
  ],
  [
    'a listen without silence',
    (d) => delete step(d, 'our-answer').goes['silence'],
    [
      "Step 'our-answer': It never says what silence means. Add silence: [ … ].",
      "Step 'forgotten': Step 'forgotten' can never be reached: it stands after an end or a goTo, and no goTo names it. Lead to it with goTo('forgotten'), move it up, or take it out.",
    ],
  ],
  [
    'a name used twice',
    (d) => d.journeys.push(d.journeys[0]!),
    ["The journey 'starter' is there twice. Give one of them another name."],
  ],
  // ── what this engine cannot run ──
  [
    'a verb of another engine',
    (d) =>
      (d.journeys[0]!.steps['our-answer'] = {
        kind: 'ask',
        waits: '1 hour',
        reach: ['sms'],
        questions: [{ field: 'customer.keyClient', text: 'Are you?' }],
        next: 'end:answered',
        goes: { lost: 'forgotten', silence: 'forgotten' },
      }),
    [
      "Step 'our-answer': 'yes' cannot be an answer by SMS: carriers act on that word themselves. Offer another word, or take 'sms' out of reach.",
      "Step 'our-answer': This engine cannot run `ask` yet. It runs every verb but ask, answer and offerCall.",
    ],
  ],
  [
    'an audience nobody taught, at a time there is not',
    (d) => (
      (d.journeys[0]!.entry = { audience: 'everybody', at: '2026-02-30 09:00' }),
      (d.journeys[0]!.exits = { 'inquiry-received': 'x' })
    ),
    [
      "No audience is called 'everybody'. Teach it in words.ts, or name one of these: customers-of-2026.",
      "It begins at '2026-02-30 09:00', and there is no such time. Write a time as '2026-12-16 09:00'.",
    ],
  ],
  // ── what is said ──
  [
    'a channel the template has nothing for',
    (d) => delete template(d, 'inquiry-arrived').channels['sms'],
    [
      "Step 'arrived': It may go by sms, and template 'inquiry-arrived.en' has nothing for sms. Add sms to the template's channels, or take it out of reach.",
    ],
  ],
  [
    'a substitute the template has nothing for',
    (d) => (step(d, 'arrived')['fate'] = { fate: 'substitute', channel: 'voice', then: 'drop' }),
    [
      "Step 'arrived': It may go by voice, and template 'inquiry-arrived.en' has nothing for voice. Add voice to the template's channels, or take it out of reach.",
    ],
  ],
  [
    'an advertisement on a service',
    (d) => (template(d, 'inquiry-arrived')['purpose'] = 'marketing'),
    [
      "Step 'arrived': It is for service, and template 'inquiry-arrived.en' is for marketing. Say a template of the same purpose: no advertisement rides on a service.",
    ],
  ],
  [
    'a template about what is never heard',
    (d) => template(d, 'inquiry-arrived').needs.push('offer-ready.percent'),
    [
      "Step 'arrived': Template 'inquiry-arrived' shows fields of 'offer-ready', which this journey never hears. Say another template, or listen for it.",
    ],
  ],
  [
    'a promise nobody is told',
    (d) => delete template(d, 'inquiry-arrived').tells,
    [
      "Step 'first-answer': Nobody tells the customer of this promise. Say a template whose front matter says 'tells: promise'.",
    ],
  ],
  // ── templates ──
  [
    'a variable that is not needed',
    (d) => (template(d, 'still-there').body += '{{ customer.plan }}'),
    [
      "Template 'still-there.en': it shows 'customer.plan' and does not say that it needs it. Add 'customer.plan' to its needs.",
    ],
  ],
  [
    'a variable nobody gives',
    (d) => template(d, 'still-there').needs.push('customer.fristName'),
    ["Template 'still-there.en': nothing gives it 'customer.fristName'. Did you mean 'customer.firstName'?"],
  ],
  [
    'an assumption no guard contradicts',
    (d) => template(d, 'still-there').assumes.push('celebratry'),
    [
      "Template 'still-there.en': no guard contradicts 'celebratry', so assuming it means nothing. Did you mean 'celebratory'?",
    ],
  ],
  [
    'an SMS that is too long',
    (d) => (template(d, 'still-there').channels['sms'] = { segments: 1, text: 'a'.repeat(161) }),
    [
      "Template 'still-there.en': its SMS takes 2 parts, and says 1. Shorten it, give sms a text of its own, or write segments: 2.",
    ],
  ],
  [
    'an SMS with one letter too strange',
    (d) => (template(d, 'still-there').channels['sms'] = { segments: 2, text: 'ş'.repeat(140) }),
    [
      "Template 'still-there.en': its SMS takes 3 parts, and says 2. A letter outside the SMS alphabet makes each part shorter. Shorten it, give sms a text of its own, or write segments: 3.",
    ],
  ],
  [
    'a template that is not taught',
    (d) => (d.words.templates = d.words.templates.filter((name) => name !== 'still-there')),
    [
      "Template 'still-there.en': No template is called 'still-there'. Teach it in words.ts, or name one of these: inquiry-arrived, one-more-day, spring-offer, spring-offer-ends, appointment-confirmed, appointment-moved, see-you-tomorrow, on-the-way, how-was-it, thanks-for-the-visit and 7 more.",
    ],
  ],
  [
    'a template without a text',
    (d) => d.words.templates.push('never-written'),
    ["The template 'never-written' has no text. Write templates/never-written.en.liquid, or take it out of words.ts."],
  ],
  // ── words and policy ──
  [
    'a calendar without working hours',
    (d) => (d.words.teams['care']!['open'] = ''),
    [
      "Team 'care': open: '' has no working hour: nothing could ever be due. Write hours such as 'Mon-Fri 09:00-17:00'. Mend it in words.ts: open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin'.",
    ],
  ],
  [
    'a zone nobody knows',
    (d) => (d.words.teams['care']!['zone'] = 'Europe/Berlim'),
    [
      "Team 'care': zone is 'Europe/Berlim', and should be a zone such as 'Europe/Berlin'. Mend it in words.ts: open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin'.",
    ],
  ],
  [
    'an event named like a word of ours',
    (d) => (d.words.events['customer'] = {}),
    [
      "An event cannot be called 'customer'. The engine uses the words customer, run, now, history, promise, silence, nobody itself: choose another.",
    ],
  ],
  [
    'a window nothing fits into',
    (d) => Object.assign(d.policy.windows[2]!, { atMost: 1 }),
    [
      "The window 'texts a day' allows 1, and the cheapest touch in it costs 2: nothing could ever go out. Allow at least 2, or take the window out.",
    ],
  ],
  [
    'a window that keeps everything',
    (d) => (d.policy.windows[0]!['keep'] = { cost: 10, for: ['service'] }),
    ["The window 'a week' keeps 10 of 10: nothing is left for other purposes. Keep at most 9."],
  ],
  [
    'a window twice',
    (d) => (d.policy.windows[1]!['name'] = 'a week'),
    ["The window 'a week' is there twice. Give one of them another name: explanations quote it."],
  ],
  [
    'quiet hours that leave none',
    (d) => d.policy.quiet.push({ from: '08:00', to: '21:00', channels: ['sms'], purposes: ['service'] }),
    [
      'Quiet hours leave no hour of the week for service by sms. Let one of them begin later or end sooner, or name the channels it is about.',
    ],
  ],
  [
    'an unknown rank',
    (d) => d.policy.first.push('renewal'),
    [
      "'first' ranks 'renewal', which is no purpose, no journey and no class of journeys. Rank some of these: service, relationship, marketing, starter.",
    ],
  ],
  [
    'a class that is ranked',
    (d) => {
      d.policy['classes'] = { campaigns: ['starter'] };
      d.policy.first.push('campaigns');
      d.policy.windows[1]!['journeys'] = ['campaigns', 'starter'];
    },
    [],
  ],
  [
    'classes and rules of journeys that nobody wrote',
    (d) => {
      d.policy['classes'] = { campaigns: ['startre'], starter: ['starter'], marketing: ['starter'] };
      d.policy.windows[1]!['journeys'] = ['campaign'];
    },
    [
      "The class 'campaigns' names 'startre', which is no journey. Did you mean 'starter'?",
      "The class 'starter' is called like a journey. Give the class another name: rules and ranks could mean either.",
      "The class 'marketing' is called like a purpose. Give the class another name: rules and ranks could mean either.",
      "A window or spacing is about 'campaign', which is no journey and no class of journeys. Did you mean 'campaigns'?",
    ],
  ],
  [
    'a policy of no team',
    (d) => (d.policy['team'] = 'sucess'),
    ["No team is called 'sucess'. Did you mean 'success'?"],
  ],
  [
    'a window for no purpose',
    (d) => (d.policy.windows[1]!['purposes'] = ['marketting']),
    ["No purpose is called 'marketting'. Did you mean 'marketing'?"],
  ],
])('check tells of %s', (_, plant, expected) => {
  expect([...planted(plant)].sort()).toEqual([...expected].sort());
});

test('each fault says in which file and journey it is', () => {
  const { journeys, files } = project;
  const [starter] = journeys;
  const wrong = [{ ...starter!, team: 'cara' }];
  expect(check({ ...project, journeys: wrong }, { variablesOf, countSegments })).toEqual([
    {
      file: files!.get('starter'),
      journey: 'starter',
      problem: "No team is called 'cara'.",
      mend: "Did you mean 'care'?",
    },
  ]);
});
