/** People who are signed in, as a browser would call for them. */
import { addAccount, type NewAccount } from '../../store/accounts/accounts.ts';
import { makeSignInLink, signInWithLink } from '../../store/accounts/sessions.ts';
import type { Answer, Call, OwnApi } from './own-api.ts';

export const ourOrigin = 'http://localhost:80';

export interface Person {
  readonly cookie: string;
  call(method: Parameters<OwnApi['call']>[0], url: string, what?: Omit<Call, 'key'>): Promise<Answer>;
}

/** As a browser: with its cookie, and the origin of our own page. The tests' public address has TLS, so the cookie's name has its prefix. */
export const asPerson = (api: OwnApi, secret: string): Person => {
  const cookie = `__Host-righttouch=${secret}`;
  return {
    cookie,
    call: (method, url, what = {}) =>
      api.call(method, url, { ...what, key: null, headers: { cookie, origin: ourOrigin, ...what.headers } }),
  };
};

export async function signedIn(api: OwnApi, who: NewAccount): Promise<Person> {
  const account = await addAccount(api.db, who, api.clock.now);
  const link = await makeSignInLink(api.db, account?.id ?? '', api.clock.now + 60_000);
  const found = await signInWithLink(api.db, link, api.clock.now);
  return asPerson(api, found?.secret ?? '');
}
