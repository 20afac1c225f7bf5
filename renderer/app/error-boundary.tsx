import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { PlainPage } from './plain-page';

interface ErrorBoundaryState {
  readonly broken: boolean;
}

/** What is left to show when a page cannot be drawn. */
export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { broken: false };

  static getDerivedStateFromError(): ErrorBoundaryState {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}

function BrokenPage() {
  const { t } = useTranslation();
  return (
    <PlainPage
      title={t('start.brokenTitle')}
      text={t('start.brokenText')}
      action={
        <Button variant="ink" onClick={() => location.reload()}>
          {t('start.reload')}
        </Button>
      }
    />
  );
}
