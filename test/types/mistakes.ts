/** The eight commonest mistakes, one a line. What the compiler says to each stands in mistakes.expected.txt, and is part of the language. */
import { atLeast, choose, escalate, goTo, is, journey, listen, pause, touch, when } from '../sketch/words.js';

const head = { entry: { event: 'inquiry-received', oncePer: 'inquiryId' }, team: 'care', purpose: 'marketing', reach: 'email' } as const;

journey('no-fate', { ...head, steps: [touch('hello', { say: 'still-there' })] });
touch('thanks', { say: 'how-was-it', purpose: 'relationship', madeBy: 'tech' });
touch('late', { say: 'parcel-late', purpose: 'service' });
touch('hello', { say: 'still-their' });
when('inquiry-received.topik', is('billing'));
listen('reply', '2 days', { 'customer-repled': [], silence: [] });
pause('a-while', '3 dayz');
escalate('person', { because: 'They wait', within: '4 busines hours' }, { nobody: [] });
journey('nowhere', { ...head, fate: 'drop', steps: [pause('one', '1 day'), goTo('tow')] });
listen('reply', '2 days', { 'customer-replied': [] });
escalate('person', { because: 'They wait', within: '4 hours' }, { answered: [] });
choose('topic', 'inquiry-received.topic', { billing: [], delivery: [], other: [] });
journey('unheard', { ...head, fate: 'drop', steps: [choose('late', when('parcel-overdue.daysLate', atLeast(3)), { yes: [], no: [] })] });
