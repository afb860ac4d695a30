/** To another team, or to a person by name; whoever gets it reads why. */
import { useState, type ReactElement } from 'react';
import type { TaskWhole } from '../answers.ts';
import { useAgents, useDeskWords } from '../customer/queries.ts';
import { useMe } from '../session.tsx';
import { Choose } from '../shell/choose.tsx';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

export interface HandedTo {
  readonly is: 'team' | 'person';
  readonly name: string;
}
interface HandOverProps {
  readonly task: TaskWhole;
  readonly onGo: (to: HandedTo, why: string) => void;
  readonly onClose: () => void;
}

export function HandOver({ task, onGo, onClose }: HandOverProps): ReactElement {
  const { page } = useWords();
  const me = useMe();
  const teams = (useDeskWords()?.teams ?? []).filter((team) => team !== task.team);
  const people = (useAgents(undefined) ?? []).filter(({ name }) => name !== me.name && name !== task.claimedBy);
  const [said, setSaid] = useState('');
  const choices = [
    ...teams.map((name) => ({ value: `team ${name}`, says: `${page.handOverTeam}: ${name}` })),
    ...people.map(({ name, onShift }) => ({
      value: `person ${name}`,
      says: `${page.handOverPerson}: ${name}${onShift ? '' : ` (${page.offShift})`}`,
    })),
  ];
  const chosen = said || (choices[0]?.value ?? '');
  const go = (why: string): void => {
    const [is = '', ...name] = chosen.split(' ');
    onGo({ is: is === 'person' ? 'person' : 'team', name: name.join(' ') }, why);
  };
  return (
    <WhyDialog
      title={page.handOver}
      label={page.handOverWhy}
      go={page.handOver}
      isReady={chosen !== ''}
      onGo={go}
      onClose={onClose}
    >
      {choices.length === 0 ? (
        <p>{page.noOthers}</p>
      ) : (
        <Choose label={page.handOverTo} of={choices} chosen={chosen} onChoose={setSaid} autoFocus />
      )}
    </WhyDialog>
  );
}
