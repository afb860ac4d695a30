/** Each team: what it has now, what is to be expected, who is in, and when it is open. */
import type { ReactElement } from 'react';
import type { Team } from '../answers.ts';
import { minutesBetween, useNow } from '../clock.ts';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { momentOf, ownZone, useZone } from '../zones.ts';
import { Calendar } from './calendar.tsx';
import { Inflow } from './inflow.tsx';
import { People } from './people.tsx';
import { useTeams } from './use-teams.ts';
import classes from './team.module.css';

export function TeamPage(): ReactElement {
  const words = useWords();
  const { team } = usePageWords();
  const { data: teams, error } = useTeams();
  if (!teams) return <p className="alone">{error ? words.failed(error.message) : words.loading}</p>;
  return (
    <div className={classes['page']}>
      <h1>{team.title}</h1>
      {teams.length === 0 && <p>{team.none}</p>}
      {teams.map((one) => (
        <OneTeam key={one.name} team={one} />
      ))}
    </div>
  );
}

function OneTeam({ team }: { readonly team: Team }): ReactElement {
  const words = useWords();
  const { team: says } = usePageWords();
  const now = useNow();
  const here = useZone(ownZone());
  const at = (instant: string): string => momentOf(Date.parse(instant), here, now, words);
  return (
    <section className={classes['team']} aria-label={team.name}>
      <h2>
        {team.name}{' '}
        <span className={classes['standing']} data-is-open={team.isOpen}>
          {team.changesAt !== null &&
            (team.isOpen ? says.openUntil(at(team.changesAt)) : says.closedUntil(at(team.changesAt)))}
        </span>
      </h2>
      <div className={classes['columns']}>
        <div>
          <h3>{says.load}</h3>
          <Load load={team.load} />
          <h3>{says.forecast}</h3>
          <Forecast team={team} at={at} />
          <Inflow inflow={team.inflow} zone={here} />
        </div>
        <div>
          <h3>{says.people}</h3>
          <People people={team.people} at={at} />
        </div>
        <div>
          <h3>{says.calendar.title}</h3>
          <Calendar team={team} />
        </div>
      </div>
    </section>
  );
}

function Load({ load }: { readonly load: Team['load'] }): ReactElement {
  const { span } = useWords();
  const { team: says } = usePageWords();
  const now = useNow();
  const first = load.waitsSince === null ? null : minutesBetween(Date.parse(load.waitsSince), now);
  const others = [
    says.inHand(load.claimed),
    ...(load.snoozed > 0 ? [says.aside(load.snoozed)] : []),
    ...(load.overdue > 0 ? [says.late(load.overdue)] : []),
  ];
  return (
    <>
      <p className={classes['large']}>{says.waits(load.open)}</p>
      {first !== null && <p>{says.since(span(first))}</p>}
      <p data-is-late={load.overdue > 0}>{others.join(' · ')}</p>
    </>
  );
}

function Forecast({
  team: { forecast, load },
  at,
}: {
  readonly team: Team;
  readonly at: (instant: string) => string;
}): ReactElement {
  const { span } = useWords();
  const { team: says } = usePageWords();
  const { handlingMinutes, measured, finished, people, takenBy, waitAtMost, slowed } = forecast;
  const ahead = takenBy !== null ? says.ahead(at(takenBy)) : people === 0 && load.open > 0 ? says.nobodyIn : null;
  return (
    <>
      {ahead !== null && <p className={classes['large']}>{ahead}</p>}
      <p>{(measured ? says.pace : says.unknownPace)(span(Math.round(handlingMinutes)), finished)}</p>
      {slowed && waitAtMost !== null && <p>{says.slowed(waitAtMost)}</p>}
    </>
  );
}
