import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup, BackupContents } from '../../shared/contract/backup';
import type { StartProblem, StartProblemKind } from '../../shared/contract/broken-start';
import { brokenStart } from '../rpc/client';
import { startTheme, useDocumentLook } from '../state/look';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { fileSize } from '../ui/file-size';
import { count, fullMoment } from '../ui/format';
import { Logo } from '../ui/logo';
import { Spinner } from '../ui/spinner';

const { start } = brokenStart;

/** What can be done about it, beside trying again. The store's file has to be there and movable. */
const WAYS: Readonly<Record<StartProblemKind, readonly ('restore' | 'salvage' | 'empty')[]>> = {
  corrupt: ['restore', 'salvage', 'empty'],
  newer: ['restore', 'empty'],
  full: [],
  read_only: [],
  not_a_folder: [],
  other: ['restore', 'empty'],
};

/** Says why the store cannot be opened, and offers every way on from there. */
export function BrokenStart({ problem }: { problem: StartProblem }) {
  const { t } = useTranslation();
  useDocumentLook({ theme: startTheme() });
  const { kind, folder, reason, backups } = problem;
  const ways = WAYS[kind];
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto w-[560px] max-w-full px-8 py-10">
        <Logo />
        <h1 className="mt-6 mb-1 text-24 font-semibold tracking-[-0.02em]">
          {t('start.failedTitle')}
        </h1>
        <p className="text-text-2">{t(`brokenStart.${kind}`)}</p>
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-12">
          <dt className="text-text-3">{t('brokenStart.folder')}</dt>
          <dd className="font-mono break-all">{folder}</dd>
          <dt className="text-text-3">{t('brokenStart.reason')}</dt>
          <dd className="font-mono break-words">{reason}</dd>
        </dl>
        <div className="mt-6 flex flex-wrap gap-2">
          <Button
            variant={ways.length === 0 ? 'ink' : 'default'}
            onClick={() => void start.tryAgain()}
          >
            {t('start.tryAgain')}
          </Button>
          <Button onClick={() => void start.showFolder()}>{t('brokenStart.showFolder')}</Button>
          <Button variant="quiet" onClick={() => void start.quit()}>
            {t('brokenStart.quit')}
          </Button>
        </div>
        {ways.includes('restore') && <RestoreWay backups={backups} />}
        {ways.includes('salvage') && <SalvageWay />}
        {ways.includes('empty') && <EmptyWay />}
      </div>
    </main>
  );
}

function Way({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="mt-6 border-t border-line pt-5">
      <h2 className="text-15 font-semibold">{title}</h2>
      <p className="mt-1 text-text-2">{text}</p>
      {children}
    </section>
  );
}

function RestoreWay({ backups }: Pick<StartProblem, 'backups'>) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Backup | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const restore = useMutation({ mutationFn: (name: string) => start.restore({ name }) });
  return (
    <Way
      title={t('brokenStart.restoreTitle')}
      text={t(backups.length === 0 ? 'brokenStart.noBackups' : 'brokenStart.restoreText')}
    >
      {backups.length > 0 && (
        <ul
          ref={list}
          aria-label={t('backups.list')}
          className="mt-3 overflow-hidden rounded-3 border border-line bg-surface-raised"
        >
          {backups.map((backup) => (
            <li
              key={backup.name}
              className="flex min-h-11 items-center gap-3 border-line px-4 py-1 not-first:border-t"
            >
              <span className="figures min-w-0 flex-1">
                {fullMoment(backup.at)}{' '}
                <span className="pl-2 text-12 text-text-3">
                  {t(`backups.kinds.${backup.kind}`)}
                </span>
              </span>
              <span className="figures text-12 text-text-2">{fileSize(backup.bytes)}</span>
              <Button
                size="sm"
                aria-label={t('backups.restoreOf', { when: fullMoment(backup.at) })}
                onClick={() => setAsked(backup)}
              >
                {t('backups.restore')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {restore.isError && <Failed text={t('backups.notRestored')} />}
      {asked && (
        <AlertDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={t('backups.restoreTitle', { when: fullMoment(asked.at) })}
          description={t('brokenStart.restoreQuestion')}
          safeLabel={t('backups.keepPresent')}
          otherLabel={t('backups.restore')}
          onOther={() => restore.mutate(asked.name)}
          onClosed={() => list.current?.querySelector('button')?.focus()}
        >
          <ContentsOf name={asked.name} />
        </AlertDialog>
      )}
    </Way>
  );
}

function ContentsOf({ name }: Pick<Backup, 'name'>) {
  const { t } = useTranslation();
  const { data, isError } = useQuery({
    queryKey: ['brokenStart', name],
    queryFn: () => start.contents({ name }),
  });
  if (isError) return <Failed text={t('backups.damaged')} />;
  if (data) return <Contents contents={data} />;
  return (
    <p className="mt-3 flex items-center gap-2 text-text-2">
      <Spinner />
      {t('backups.looking')}
    </p>
  );
}

function Contents({ contents }: { contents: BackupContents }) {
  const { t } = useTranslation();
  const { conversations, messages, answers } = contents;
  return (
    <p className="figures mt-3 font-medium">
      {[
        t('backups.conversations', { count: conversations, text: count(conversations) }),
        t('backups.messages', { count: messages, text: count(messages) }),
        t('backups.requests', { count: answers, text: count(answers) }),
      ].join(t('models.comma'))}
    </p>
  );
}

/** What could be read is looked at before it is used. */
function SalvageWay() {
  const { t } = useTranslation();
  const salvage = useMutation({ mutationFn: () => start.salvage() });
  const use = useMutation({ mutationFn: (name: string) => start.restore({ name }) });
  const { data } = salvage;
  return (
    <Way title={t('brokenStart.salvageTitle')} text={t('brokenStart.salvageText')}>
      <div role="status">
        {data && (
          <>
            <Contents contents={data} />
            <p className="mt-1 text-text-2">
              {data.unreadable === 0
                ? t('brokenStart.allRead')
                : t('brokenStart.unreadable', {
                    count: data.unreadable,
                    text: count(data.unreadable),
                  })}
            </p>
          </>
        )}
      </div>
      {salvage.isError && <Failed text={t('brokenStart.notSalvaged')} />}
      {use.isError && <Failed text={t('backups.notRestored')} />}
      <div className="mt-3 flex gap-2">
        {data ? (
          <Button variant="ink" onClick={() => use.mutate(data.name)}>
            {t('brokenStart.useSalvaged')}
          </Button>
        ) : (
          <Button
            aria-busy={salvage.isPending}
            disabled={salvage.isPending}
            onClick={() => salvage.mutate()}
          >
            {salvage.isPending && <Spinner />}
            {t(salvage.isPending ? 'brokenStart.salvaging' : 'brokenStart.salvage')}
          </Button>
        )}
      </div>
    </Way>
  );
}

function EmptyWay() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const begin = useMutation({ mutationFn: () => start.startEmpty() });
  return (
    <Way title={t('brokenStart.emptyTitle')} text={t('brokenStart.emptyText')}>
      {begin.isError && <Failed text={t('backups.notRestored')} />}
      <div className="mt-3">
        <Button ref={button} onClick={() => setAsked(true)}>
          {t('brokenStart.empty')}
        </Button>
      </div>
      <AlertDialog
        open={asked}
        onOpenChange={setAsked}
        title={t('brokenStart.emptyQuestion')}
        description={t('brokenStart.emptyText')}
        safeLabel={t('backups.keepPresent')}
        otherLabel={t('brokenStart.empty')}
        onOther={() => begin.mutate()}
        onClosed={() => button.current?.focus()}
      />
    </Way>
  );
}

function Failed({ text }: { text: string }) {
  return (
    <p role="alert" className="mt-3 text-danger">
      {text}
    </p>
  );
}
