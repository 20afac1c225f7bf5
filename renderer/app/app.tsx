import { QueryClientProvider } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { queryClient } from '../rpc/client';
import { useMoneyHidden } from '../ui/hidden-money';
import { Toaster } from '../ui/toaster';
import { TooltipProvider } from '../ui/tooltip';
import { ErrorBoundary } from './error-boundary';
import { useKeptFocus } from './kept-focus';
import { Start } from './start';

/** Everything that stands around the pages once. */
export function App() {
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <Router hook={useHashLocation}>
            <InWords />
          </Router>
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

/** Draws everything anew in another language, or without amounts: figures and dates are text as well. */
function InWords() {
  const { i18n } = useTranslation();
  const words = `${i18n.language} ${useMoneyHidden()}`;
  useKeptFocus(words);
  return <Start key={words} />;
}
