import { QueryClientProvider } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { queryClient } from '../rpc/client';
import { Toaster } from '../ui/toaster';
import { TooltipProvider } from '../ui/tooltip';
import { ErrorBoundary } from './error-boundary';
import { Start } from './start';

/** Everything that stands around the pages once. */
export function App() {
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <Router hook={useHashLocation}>
            <InLanguage />
          </Router>
          <Toaster />
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

/** Draws everything anew in another language: figures and dates are text as well. */
function InLanguage() {
  const { i18n } = useTranslation();
  return <Start key={i18n.language} />;
}
