/** The way in: a name and a password, or a link that works once. What stands behind its # never leaves the browser by itself. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import type { Me } from './answers.ts';
import { ask, Refused } from './ask.ts';
import { useWords } from './words/use-words.tsx';
import classes from './sign-in.module.css';

const linkPath = '/desk/sign-in';

/** The link's secret; it is taken out of the address, so that no history keeps it. */
function takeLink(): string | null {
  if (location.pathname !== linkPath || location.hash.length < 2) return null;
  const link = location.hash.slice(1);
  history.replaceState(null, '', '/desk/');
  return link;
}
/** Once, whatever React does with the component. */
const link = takeLink();
let linkTried: Promise<Me> | null = null;

export function SignIn({ onIn }: { readonly onIn: (me: Me) => void }): ReactElement {
  const words = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(link !== null && linkTried === null);

  useEffect(() => {
    if (link === null || linkTried) return;
    linkTried = ask<Me>('/v1/session/link', { method: 'POST', body: { link } });
    linkTried.then(onIn, () => {
      setFailure(words.signIn.usedLink);
      setBusy(false);
    });
  }, [onIn, words]);

  const send = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      onIn(await ask<Me>('/v1/session', { method: 'POST', body: { name: name.trim(), password } }));
    } catch (error) {
      setFailure(said(error));
      setBusy(false);
    }
  };
  const said = (error: unknown): string => {
    if (!(error instanceof Refused)) return words.unreachable;
    if (error.status === 429) return words.signIn.tooMany;
    return error.status < 500 ? words.signIn.wrong : words.failed(error.message);
  };

  return (
    <main className={classes['page']}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h1>{words.signIn.title}</h1>
        <TextInput
          label={words.signIn.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
        />
        <PasswordInput
          label={words.signIn.password}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
        />
        <p role="alert" className={classes['failure']}>
          {failure}
        </p>
        <Button type="submit" loading={isBusy}>
          {words.signIn.go}
        </Button>
      </form>
    </main>
  );
}
