/** What surrounds every page: where one is, who one is, and what was just done. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
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

// Loaded when somebody goes there: whoever answers customers never waits for plots.
const JourneysPage = lazy(async () => ({ default: (await import('../journeys/journeys-page.tsx')).JourneysPage }));
const TeamPage = lazy(async () => ({ default: (await import('../team/team-page.tsx')).TeamPage }));
const TodayPage = lazy(async () => ({ default: (await import('../today/today-page.tsx')).TodayPage }));

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
        <Places />
        <Tools onHelp={() => setHelping(true)} />
      </header>
      {!me.hasPassword && <SetPassword />}
      <main id="content" className={classes['content']} tabIndex={-1}>
        <Suspense fallback={<p className="alone">{words.loading}</p>}>
          <Switch>
            <Route path="/inbox" component={InboxPage} />
            <Route path="/tasks/:task" component={InboxPage} />
            <Route path="/customers/:id" component={CustomerPage} />
            <Route path="/journeys" component={JourneysPage} />
            <Route path="/journeys/:name" component={JourneysPage} />
            <Route path="/team" component={TeamPage} />
            <Route path="/today" component={TodayPage} />
            <Route>
              <Redirect to="/inbox" replace />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <Toast />
      {isHelping && <KeysHelp onClose={() => setHelping(false)} />}
    </div>
  );
}

/** Where one can go: each place with the addresses that belong to it, and what one must be allowed to read there. */
const places = [
  { name: 'inbox', beneath: ['/inbox', '/tasks', '/customers'], wants: 'tasks:read' },
  { name: 'journeys', beneath: ['/journeys'], wants: 'journeys:read' },
  { name: 'team', beneath: ['/team'], wants: 'tasks:read' },
  { name: 'today', beneath: ['/today'], wants: 'figures:read' },
] as const;

function Places(): ReactElement {
  const { nav } = useWords();
  const me = useMe();
  const [at] = useLocation();
  return (
    <nav aria-label="RightTouch">
      {places
        .filter(({ wants }) => me.scopes.includes(wants))
        .map(({ name, beneath }) => {
          const isHere = beneath.some((path) => at === path || at.startsWith(`${path}/`));
          return (
            <Link
              key={name}
              href={`/${name}`}
              className={isHere ? (classes['here'] ?? '') : ''}
              aria-current={isHere ? 'page' : undefined}
            >
              {nav[name]}
            </Link>
          );
        })}
    </nav>
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
