/** What surrounds every page: where one is, who one is, and what was just done. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { useDoing } from '../acts.tsx';
import { CustomerPage } from '../customer/customer-page.tsx';
import { FindCustomer } from '../customer/find-customer.tsx';
import { InboxPage } from '../inbox/inbox-page.tsx';
import { useLive } from '../live.ts';
import { useMe, useSignOut } from '../session.tsx';
import { useChangeLanguage, useWords } from '../words/use-words.tsx';
import { useKeys } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { SetPassword } from './set-password.tsx';
import { Toast } from './toast.tsx';
import classes from './shell.module.css';

export function Shell(): ReactElement {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const [isHelping, setHelping] = useState(false);
  useLive();
  useKeys({ '?': () => setHelping(true), u: () => void doing.undo() });
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        {words.skip}
      </a>
      <header className={classes['bar']}>
        <nav aria-label="RightTouch">
          {/* Every page there is belongs to it. */}
          <Link href="/inbox" className={classes['here'] ?? ''} aria-current="page">
            {words.nav.inbox}
          </Link>
        </nav>
        <Tools onHelp={() => setHelping(true)} />
      </header>
      {!me.hasPassword && <SetPassword />}
      <main id="content" className={classes['content']} tabIndex={-1}>
        <Switch>
          <Route path="/inbox" component={InboxPage} />
          <Route path="/tasks/:task" component={InboxPage} />
          <Route path="/customers/:id" component={CustomerPage} />
          <Route>
            <Redirect to="/inbox" replace />
          </Route>
        </Switch>
      </main>
      <Toast />
      {isHelping && <KeysHelp onClose={() => setHelping(false)} />}
    </div>
  );
}

function Tools({ onHelp }: { readonly onHelp: () => void }): ReactElement {
  const words = useWords();
  const me = useMe();
  const signOut = useSignOut();
  const changeLanguage = useChangeLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const isDark = scheme === 'dark';
  return (
    <div className={classes['tools']}>
      <FindCustomer />
      <button type="button" onClick={onHelp}>
        {words.nav.help} <kbd>?</kbd>
      </button>
      <button type="button" onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
        {isDark ? words.nav.light : words.nav.dark}
      </button>
      <button type="button" onClick={changeLanguage} lang={words.nav.language === 'Deutsch' ? 'de' : 'en'}>
        {words.nav.language}
      </button>
      <span className={classes['me']}>{words.signIn.as(me.name, words.roles[me.role])}</span>
      <button type="button" onClick={() => void signOut()}>
        {words.signIn.out}
      </button>
    </div>
  );
}
