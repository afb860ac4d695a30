import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { JourneyWhole, Standing } from '../answers.ts';
import { usePageWords } from '../words/use-page-words.ts';
import { useMoment } from './use-moment.ts';
import classes from './journeys.module.css';

interface VersionsProps {
  readonly journey: JourneyWhole;
  readonly standing: Standing | undefined;
  readonly shown: number;
}

/** Whoever began on a version stays on it: so older ones have customers, too. */
export function Versions({ journey, standing, shown }: VersionsProps): ReactElement {
  const { locale, journeys } = usePageWords();
  const says = journeys.versions;
  const moment = useMoment();
  const on = (version: number): number =>
    (standing?.standing ?? []).reduce((sum, row) => (row.version === version ? sum + row.customers : sum), 0);
  return (
    <section>
      <h3>{says.title}</h3>
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={says.title}>
        <table className={classes['steps']}>
          <thead>
            <tr>
              {[says.version, says.published, says.by, says.customers].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {journey.versions.map(({ version, publishedAt, publishedBy, sameAs, retiredAt }) => (
              <tr key={version} aria-current={version === shown ? 'true' : undefined}>
                <th scope="row">
                  <Link href={`/journeys/${journey.name}?version=${version}`}>{version}</Link>
                  {sameAs !== null && <span className={classes['time']}>{says.sameAs(sameAs)}</span>}
                  {retiredAt !== null && <span className={classes['time']}>{says.retired(moment(retiredAt))}</span>}
                </th>
                <td>{moment(publishedAt)}</td>
                <td>{publishedBy}</td>
                <td>{on(version).toLocaleString(locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
