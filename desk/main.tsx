import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/VisuallyHidden.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/PasswordInput.css';
import './desk.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { DoingProvider } from './acts.tsx';
import { Refused } from './ask.ts';
import { Session } from './session.tsx';
import { Shell } from './shell/shell.tsx';
import { theme } from './theme.ts';
import { WordsProvider } from './words/use-words.tsx';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      // What is refused stays refused; what cannot be reached is tried again.
      retry: (failures, error) => !(error instanceof Refused && error.status < 500) && failures < 3,
    },
  },
});

/** The page's policy lets scripts add styles only with the nonce it was sent with. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? '';

createRoot(document.querySelector('#desk') ?? document.body).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <WordsProvider>
        <QueryClientProvider client={client}>
          <Session>
            <Router base="/desk">
              <DoingProvider>
                <Shell />
              </DoingProvider>
            </Router>
          </Session>
        </QueryClientProvider>
      </WordsProvider>
    </MantineProvider>
  </StrictMode>,
);
