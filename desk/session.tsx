/** Who is signed in. Without a session there is nothing but the way in. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, type ReactElement, type ReactNode } from 'react';
import type { Me } from './answers.ts';
import { ask, Refused } from './ask.ts';
import { learnNow } from './clock.ts';
import { SignIn } from './sign-in.tsx';
import { useWords } from './words/use-words.tsx';

const SignedIn = createContext<Me | null>(null);

/** Only inside of `Session`. */
export function useMe(): Me {
  const me = use(SignedIn);
  if (!me) throw new Error('Nobody is signed in here');
  return me;
}

const sessionKey = ['session'];

/** What one person has read is nobody else's, also not from memory. */
const forget = (client: QueryClient): void =>
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });

export function Session({ children }: { readonly children: ReactNode }): ReactElement {
  const words = useWords();
  const client = useQueryClient();
  const { data: me, error } = useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const found = await asked(signal);
      if (found) learnNow(found.now);
      return found;
    },
    staleTime: 5 * 60_000,
    retry: false,
  });
  if (me) return <SignedIn value={me}>{children}</SignedIn>;
  if (me === null)
    return (
      <SignIn
        onIn={(found) => {
          forget(client);
          learnNow(found.now);
          client.setQueryData(sessionKey, found);
        }}
      />
    );
  return <p className="alone">{error ? words.unreachable : words.loading}</p>;
}

/** Null: nobody is. */
async function asked(signal: AbortSignal): Promise<Me | null> {
  try {
    return await ask<Me>('/v1/session', { signal });
  } catch (error) {
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await ask('/v1/session', { method: 'DELETE' });
    client.setQueryData(sessionKey, null);
    forget(client);
  };
}

export function useChanged(): (me: Me) => void {
  const client = useQueryClient();
  return (me) => client.setQueryData(sessionKey, me);
}
