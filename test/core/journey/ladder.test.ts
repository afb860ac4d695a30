import { describe, expect, it } from '@jest/globals';
import { wordsFaults } from '../../../core/journey/check/words.ts';
import { JourneyFaults } from '../../../core/journey/fault.ts';
import { id } from '../../../core/journey/fields.ts';
import { business, ladder, named, sayRung, team } from '../../../core/journey/ladder.ts';
import { readJourney } from '../../../core/journey/read.ts';
import { readWords } from '../../../core/journey/read-words.ts';
import { teach } from '../../../core/journey/teach.ts';
import { rungsOf } from '../../../core/task/ladder.ts';

const hours = { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' };
const upwards = ladder([
  { to: team('care'), within: business('1 hour') },
  { to: team('leads'), within: business('2 hours') },
  { to: named('Jo Meyer'), within: '30 minutes' },
]);
const { journey, escalate, words } = teach({
  events: { asked: { askedId: id } },
  causes: [],
  customer: {},
  teams: { care: { ...hours, ladder: upwards, daysOff: ['2026-12-24'] }, leads: hours },
  templates: [],
});
const from = { entry: { event: 'asked', oncePer: 'askedId' }, team: 'leads' } as const;

describe('A ladder', () => {
  it('is written whole, and stored as what comes after whoever is asked first', () => {
    expect(words.teams['care']?.ladder).toEqual([
      { team: 'care', within: '1 business hour' },
      { team: 'leads', within: '2 business hours' },
      { person: 'Jo Meyer', within: '30 minutes' },
    ]);
    expect(upwards.map(sayRung).join(', then ')).toBe(
      'care within 1 business hour, then leads within 2 business hours, then Jo Meyer within 30 minutes',
    );
    expect(rungsOf('care', upwards)).toEqual([
      { team: 'leads', person: null, within: '2 business hours' },
      { team: 'leads', person: 'Jo Meyer', within: '30 minutes' },
    ]);
  });

  it('says for an escalation whose task it is, how soon, and who is asked after them', () => {
    const story = journey('story', {
      ...from,
      steps: [escalate('help', { because: 'They wait', ladder: upwards }, { helped: [], nobody: [] })],
    });
    expect(story.steps['help']).toMatchObject({
      ...{ kind: 'escalate', team: 'care', within: '1 business hour' },
      ladder: [
        { team: 'leads', within: '2 business hours' },
        { person: 'Jo Meyer', within: '30 minutes' },
      ],
    });
    expect(readJourney(JSON.parse(JSON.stringify(story)))).toMatchObject({ ok: true });
  });

  it('of an escalation begins with a team', () => {
    const byPerson = ladder([{ to: named('Jo Meyer'), within: business('1 hour') }]);
    const story = () =>
      journey('story', {
        ...from,
        // @ts-expect-error how soon must somebody take it?
        steps: [escalate('help', { because: 'They wait', ladder: byPerson }, { helped: [], nobody: [] })],
      });
    expect(story).toThrow(JourneyFaults);
    expect(story).toThrow(/does not say which team is asked first/);
  });

  it('leads to teams that there are, and ends with somebody by name', () => {
    // @ts-expect-error nobody by name is at its end
    const unended = ladder([{ to: team('leads'), within: business('1 hour') }]);
    // @ts-expect-error there is no team 'lead'
    teach({
      ...words,
      teams: {
        care: {
          ...hours,
          ladder: ladder([
            { to: team('lead'), within: '1 hour' },
            { to: named('Jo'), within: '1 hour' },
          ]),
        },
      },
    });
    const read = readWords({ ...words, teams: { care: { ...hours, ladder: [{ team: 'lead' }, { person: 'Jo' }] } } });
    expect(read).toMatchObject({ ok: false, faults: [{ problem: "No team is called 'lead'." }] });
    const faults = wordsFaults({ ...words, teams: { care: { ...hours, ladder: unended }, leads: hours } });
    expect(faults.map(({ problem }) => problem)).toEqual([
      "Team 'care': its ladder ends with the team 'leads', so in the end nobody by name is asked.",
    ]);
  });

  it('of days off and on tells which are none, and which are both', () => {
    const care = { ...hours, daysOff: ['2026-12-24', '2026-02-30'], daysOn: ['2026-12-24'] };
    expect(wordsFaults({ ...words, teams: { care } }).map(({ problem }) => problem)).toEqual([
      "Team 'care': daysOff has '2026-02-30', which is no day.",
      "Team 'care': 2026-12-24 is a day off and a day on.",
    ]);
  });
});
