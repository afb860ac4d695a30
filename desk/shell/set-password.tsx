/** For whoever came with a link: it worked once, and next time they need a password. */
import { Button, PasswordInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { Me } from '../answers.ts';
import { ask } from '../ask.ts';
import { useChanged } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './shell.module.css';

const shortest = 12;

export function SetPassword(): ReactElement | null {
  const { signIn, failed } = useWords();
  const doing = useDoing();
  const changed = useChanged();
  const [isOpen, setOpen] = useState(false);
  const [isLater, setLater] = useState(false);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  if (isLater) return null;

  const save = async (): Promise<void> => {
    if (password.length < shortest) {
      setFault(signIn.tooShort);
      return;
    }
    try {
      changed(await ask<Me>('/v1/session/password', { method: 'PUT', body: { password } }));
      doing.tell(signIn.saved);
    } catch (error) {
      setFault(failed(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <section className={classes['notice']} aria-label={signIn.choose}>
      <span>{signIn.chooseWhy}</span>
      {isOpen ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <PasswordInput
            aria-label={signIn.newPassword}
            placeholder={signIn.newPassword}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fault}
            autoComplete="new-password"
            autoFocus
            size="xs"
          />
          <Button type="submit" size="xs">
            {signIn.save}
          </Button>
        </form>
      ) : (
        <Button size="xs" onClick={() => setOpen(true)}>
          {signIn.choose}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => setLater(true)}>
        {signIn.later}
      </Button>
    </section>
  );
}
