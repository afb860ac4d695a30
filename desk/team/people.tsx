/** Who is in, how much they have in hand, and one's own coming and going. */
import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { Team } from '../answers.ts';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { usePageWords } from '../words/use-page-words.ts';
import classes from './team.module.css';

type Person = Team['people'][number];

export function People({
  people,
  at,
}: {
  readonly people: readonly Person[];
  readonly at: (instant: string) => string;
}): ReactElement {
  const { team } = usePageWords();
  const me = useMe();
  if (people.length === 0) return <p>{team.noPeople}</p>;
  // Whoever is there stands first; the names are in order as they came.
  const inOrder = people.toSorted((a, b) => Number(b.isOnShift) - Number(a.isOnShift));
  return (
    <ul className={classes['people']}>
      {inOrder.map((person) => (
        <li key={person.name} data-is-in={person.isOnShift}>
          <strong>{person.name}</strong>
          <span>
            {person.isOnShift ? team.isIn(person.shiftSince === null ? '' : at(person.shiftSince)) : team.isOut}
            {person.hours !== null && ` · ${person.hours}${person.zone === null ? '' : ` ${person.zone}`}`}
          </span>
          <Hands person={person} />
          {person.name === me.name && me.scopes.includes('tasks:write') && <Shift person={person} />}
        </li>
      ))}
    </ul>
  );
}

const drawnAtMost = 12;

/** One square for each task that they may have, filled for each that they do. */
function Hands({ person: { inHand, capacity } }: { readonly person: Person }): ReactElement {
  const { team } = usePageWords();
  const says = team.hands(inHand, capacity);
  const squares = Math.min(Math.max(capacity, inHand), drawnAtMost);
  const [side, apart] = [8, 3];
  return (
    <span className={classes['hands']}>
      <svg width={squares * (side + apart)} height={side} aria-hidden="true">
        {Array.from({ length: squares }, (_, i) => (
          <rect
            key={i}
            x={i * (side + apart) + 0.5}
            y={0.5}
            width={side - 1}
            height={side - 1}
            className={i < inHand ? (i < capacity ? classes['full'] : classes['over']) : classes['free']}
          />
        ))}
      </svg>
      <span>{says}</span>
    </span>
  );
}

function Shift({ person: { name, isOnShift } }: { readonly person: Person }): ReactElement {
  const { team } = usePageWords();
  const doing = useDoing();
  const change = (on: boolean) => () =>
    ask(`/v1/agents/${encodeURIComponent(name)}/shift`, { method: 'PUT', body: { on } });
  const act = (): void =>
    void doing.act({
      says: isOnShift ? team.wentOut : team.cameIn,
      go: change(!isOnShift),
      // What was given back is the team's: coming in again does not take it from whoever has it by then.
      ...(!isOnShift && { back: change(false) }),
    });
  return (
    <Button size="compact-xs" variant="default" onClick={act}>
      {isOnShift ? team.goOut : team.comeIn}
    </Button>
  );
}
