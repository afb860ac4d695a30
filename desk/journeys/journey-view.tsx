/** One journey: what it asks, who stands where, what the field says of it, its versions and what is proposed. */
import { useState, type ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { JourneyWhole, Picture, PictureStep, PriceTag, Standing, StepVoices } from '../answers.ts';
import { Refused } from '../ask.ts';
import { Propose } from '../proposals/propose.tsx';
import { Proposals } from '../proposals/proposals.tsx';
import { useMe } from '../session.tsx';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { PictureLive } from './picture-live.tsx';
import { PriceLine } from './price-line.tsx';
import { StepsTable, type StepRow } from './steps-table.tsx';
import { usePicture, usePrice, useJourney, useStanding, useStepVoices } from './use-journeys.ts';
import { Versions } from './versions.tsx';
import classes from './journeys.module.css';

export function JourneyView({ name }: { readonly name: string }): ReactElement {
  const words = useWords();
  const { journeys: says } = usePageWords();
  const { data: journey, error } = useJourney(name);
  const [params] = useSearchParams();
  if (error) {
    const isNone = error instanceof Refused && error.status === 404;
    return <p className="alone">{isNone ? says.notFound : words.failed(error.message)}</p>;
  }
  if (!journey) return <p className="alone">{words.loading}</p>;
  const asked = Number(params.get('version'));
  const version = journey.versions.find((one) => one.version === asked)?.version ?? journey.version;
  return <OneVersion key={version} journey={journey} version={version} step={params.get('step')} />;
}

interface OneVersionProps {
  readonly journey: JourneyWhole;
  readonly version: number;
  /** The one that somebody came for. */
  readonly step: string | null;
}
function OneVersion({ journey, version, step }: OneVersionProps): ReactElement {
  const { journeys: says } = usePageWords();
  const me = useMe();
  const { name } = journey;
  const picture = usePicture(name, version).data;
  const price = usePrice(name, version).data;
  const standing = useStanding(name).data;
  const voices = useStepVoices(name).data;
  const [chosen, setChosen] = useState(step);
  const [isProposing, setProposing] = useState(false);
  const rows = picture ? rowsOf(picture, version, standing, price, voices) : [];
  const at = picture?.steps.find((one) => one.step === chosen);
  const mayPropose = me.scopes.includes('proposals:write');
  const propose = (id: string): void => {
    setChosen(id);
    setProposing(true);
  };
  return (
    <article className={classes['journey']} aria-label={name}>
      <Link href="/journeys" className={classes['back'] ?? ''}>
        ← {says.back}
      </Link>
      <h2>
        {name} <span className={classes['version']}>{says.version(version)}</span>
      </h2>
      {journey.story !== null && <p className={classes['told']}>{journey.story}</p>}
      <PriceLine price={price} />
      <p className={classes['on']}>{standing ? says.on(standing.customers) : ' '}</p>
      <div className={classes['parts']}>
        {picture && <PictureLive name={name} picture={picture} rows={rows} chosen={chosen} onChoose={setChosen} />}
        <div>
          <StepsTable rows={rows} chosen={chosen} onChoose={setChosen} onPropose={mayPropose ? propose : null} />
          <Versions journey={journey} standing={standing} shown={version} />
          <Proposals journey={name} />
        </div>
      </div>
      {isProposing && at && <Propose journey={name} version={version} step={at} onClose={() => setProposing(false)} />}
    </article>
  );
}

function rowsOf(
  picture: Picture,
  version: number,
  standing: Standing | undefined,
  price: PriceTag | undefined,
  voices: StepVoices | undefined,
): StepRow[] {
  return picture.steps.map((at: PictureStep): StepRow => {
    const here = standing?.standing.find((row) => row.version === version && row.step === at.step);
    return {
      at,
      here: here?.customers ?? 0,
      longestSince: here?.longestSince ?? null,
      costs: price?.perStep.find((own) => own.step === at.step) ?? null,
      voices: voices?.steps.find((row) => row.version === version && row.step === at.step) ?? null,
    };
  });
}
