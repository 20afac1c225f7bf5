import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Settings } from '../../shared/contract/app';
import type { Connection } from '../../shared/contract/connection';
import type { Failure } from '../../shared/errors';
import { brokenStart, orpc } from '../rpc/client';
import { failureOf } from '../rpc/failure';
import { askedDemo } from '../state/asked-demo';
import { enterDemo } from '../state/chosen-connection';
import { keepLastKnown } from '../state/last-known';
import { useDocumentLook } from '../state/look';
import { Button } from '../ui/button';
import { useMoneyHidden } from '../ui/hidden-money';
import { BrokenStart } from './broken-start';
import { PlainPage } from './plain-page';
import { Routes } from './routes';

/** Reads what has to be known before the first page, and says so when that cannot be read. */
export function Start() {
  const settings = useQuery(orpc.app.settings.queryOptions());
  const connections = useQuery(orpc.connections.list.queryOptions());
  useDocumentLook(settings.data);
  // No amount is drawn before it is known whether it may be.
  const asWanted = useMoneyHidden() === settings.data?.hideMoney;
  const demo = useStartInDemo();
  useKeptForNextStart(settings, connections);

  const failed = [settings, connections].find((query) => query.isError && !query.data);
  if (failed) return <StartFailed failure={failureOf(failed.error)} />;
  if (demo === 'failed') return <StartFailed failure={{ code: 'internal' }} />;
  if (!settings.data || !connections.data || demo === 'opening' || !asWanted) {
    return <FirstQuestions />;
  }
  return <Routes connected={connections.data.length > 0} />;
}

/**
 * Asks, together with what the first page waits for, what that page will ask at once. It draws nothing
 * and goes when the page comes, which finds the answers.
 */
function FirstQuestions() {
  useQuery(orpc.conversations.newDraft.queryOptions({ gcTime: 0, staleTime: 0 }));
  return null;
}

/** Keeps what main has told, for the first frame of the next start. */
function useKeptForNextStart(
  settings: UseQueryResult<Settings>,
  connections: UseQueryResult<Connection[]>,
): void {
  const assumed = settings.isPlaceholderData || connections.isPlaceholderData;
  const [look, list] = [settings.data, connections.data];
  useEffect(() => {
    if (!assumed && look && list) keepLastKnown({ settings: look, connections: list });
  }, [assumed, look, list]);
}

/**
 * Opens the demo when the app was started to show it. A page that was reloaded somewhere already has
 * an address and stays there.
 */
function useStartInDemo(): 'opening' | 'done' | 'failed' {
  const [, navigate] = useLocation();
  const [wanted] = useState(() => {
    const fresh = location.hash.replace(/^#?\/?/, '') === '';
    return fresh ? askedDemo() : null;
  });
  const [state, setState] = useState<'opening' | 'done' | 'failed'>(wanted ? 'opening' : 'done');
  useEffect(() => {
    if (wanted === null) return;
    let gone = false;
    const open = async () => {
      try {
        await enterDemo({ empty: wanted === 'empty' });
        if (gone) return;
        navigate('/chat', { replace: true });
        setState('done');
      } catch {
        if (!gone) setState('failed');
      }
    };
    void open();
    return () => {
      gone = true;
    };
  }, [wanted, navigate]);
  return state;
}

/** Main says what is wrong with the store, if it is the store. */
function StartFailed({ failure }: { failure: Failure }) {
  const problem = useQuery({
    queryKey: ['brokenStart'],
    queryFn: () => brokenStart.start.problem(),
  });
  if (problem.isPending) return null;
  return problem.data ? <BrokenStart problem={problem.data} /> : <NotAnswered failure={failure} />;
}

function NotAnswered({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  return (
    <PlainPage
      title={t('start.failedTitle')}
      text={startText(failure, t)}
      note={failure.reference ?? failure.detail}
      action={
        <Button variant="ink" onClick={() => location.reload()}>
          {t('start.tryAgain')}
        </Button>
      }
    />
  );
}

function startText(failure: Failure, t: TFunction): string {
  switch (failure.code) {
    case 'store_full':
      return t('start.storeFull');
    case 'store_corrupt':
      return t('start.storeCorrupt');
    case 'store_newer':
      return t('start.storeNewer');
    default:
      return t('start.failedText');
  }
}
