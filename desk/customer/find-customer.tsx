/** Finding anybody from anywhere: a key, a few letters, Enter. */
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Found } from '../answers.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useKeys } from '../shell/keys.ts';
import { useWords } from '../words/use-words.tsx';
import { useFound } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './find.module.css';

/** The way in, for the bar: a button, 'f', and Ctrl+K as in many other places. */
export function FindCustomer(): ReactElement {
  const { person } = useWords();
  const [isOpen, setOpen] = useState(false);
  useKeys({ f: () => setOpen(true) });
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {person.find} <kbd>f</kbd>
      </button>
      {isOpen && <Finder onClose={() => setOpen(false)} />}
    </>
  );
}

const settleMs = 150;

function Finder({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { person, task } = useWords();
  const [, go] = useLocation();
  const [said, setSaid] = useState('');
  const [words] = useDebouncedValue(said.replace(/\s+/g, ' ').trim(), settleMs);
  const { data } = useFound(words);
  const [wanted, setWanted] = useState(0);
  const found = words === '' ? [] : (data?.items ?? []);
  const chosen = Math.min(wanted, found.length - 1);
  const open = (one: Found | undefined): void => {
    if (!one) return;
    onClose();
    go(`/customers/${encodeURIComponent(one.id)}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setWanted(Math.max(0, Math.min(chosen + step, found.length - 1)));
    else if (event.key === 'Enter') open(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={person.find} onClose={onClose}>
      <div className={classes['finder']} onKeyDown={onKeyDown}>
        <TextInput
          role="combobox"
          aria-label={person.findHint}
          placeholder={person.findHint}
          aria-expanded={found.length > 0}
          aria-controls="found-customers"
          aria-activedescendant={found[chosen] ? `found-${chosen}` : undefined}
          value={said}
          onChange={(event) => {
            setSaid(event.currentTarget.value);
            setWanted(0);
          }}
          maxLength={100}
          autoFocus
        />
        <ul id="found-customers" role="listbox" aria-label={person.find} className={classes['found']}>
          {found.map((one, i) => (
            // The field has the focus and the keys; a pointer chooses here.
            <li key={one.id} id={`found-${i}`} role="option" aria-selected={i === chosen} onClick={() => open(one)}>
              <FoundOne found={one} called={one.task === null ? null : task.name(one.task)} />
            </li>
          ))}
        </ul>
        {words !== '' && data && found.length === 0 && <p>{person.findNone(words)}</p>}
      </div>
    </Dialog>
  );
}

function FoundOne({ found, called }: { readonly found: Found; readonly called: string | null }): ReactElement {
  const { person } = useWords();
  const { say } = useMoments();
  return (
    <>
      <span className={classes['line']}>
        <strong>{found.name}</strong>
        {called !== null && <span className={classes['chip']}>{called}</span>}
        {found.wroteAt !== null && <time dateTime={found.wroteAt}>{say(found.wroteAt)}</time>}
      </span>
      <span className={classes['line']}>
        <span className={classes['address']}>{found.address ?? found.id}</span>
        <span>{person.findBy[found.by]}</span>
      </span>
    </>
  );
}
