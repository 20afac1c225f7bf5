import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Offer, UpdateState } from '../../../shared/contract/update';
import { client, orpc, queryClient } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { fullMoment } from '../../ui/format';
import { Spinner } from '../../ui/spinner';
import { notify } from '../../ui/toaster';
import { SettingSwitch } from './setting-switch';

/** Whether the server of new versions is asked, what it said, and the way to a new version. */
export function UpdatesSetting() {
  const { t } = useTranslation();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const { data: state } = useQuery(orpc.updates.state.queryOptions());
  const change = useChangeSettings();
  const looking = useMutation(
    orpc.updates.look.mutationOptions({
      onSuccess: (found) => queryClient.setQueryData(orpc.updates.state.queryKey(), found),
    }),
  );
  if (!settings || !state) return null;
  if (!state.possible) {
    return <p className="mt-4 text-12 text-text-3">{t('updates.elsewhere')}</p>;
  }
  const { step, problem } = state;
  return (
    <section aria-label={t('updates.title')} className="mt-6">
      <SettingSwitch
        label={t('updates.look')}
        hint={t('updates.lookHint')}
        checked={settings.looksForUpdates === true}
        onChange={(looksForUpdates) => change({ looksForUpdates })}
      />
      {problem && (
        <div role="alert" className="mt-4">
          <Alert
            tone="danger"
            icon={CircleAlert}
            label={t('updates.happened')}
            title={t(`updates.problems.${problem}`)}
          >
            <p className="mt-1 ml-6">{t('updates.asBefore')}</p>
          </Alert>
        </div>
      )}
      <div role="status" className="mt-4">
        {step.at === 'none' || step.at === 'looking' ? (
          <div className="flex items-center gap-3">
            <Button disabled={step.at === 'looking'} onClick={() => looking.mutate({})}>
              {step.at === 'looking' && <Spinner />}
              {t(step.at === 'looking' ? 'updates.looking' : 'updates.lookNow')}
            </Button>
            <Looked state={state} />
          </div>
        ) : (
          <Newer step={step} />
        )}
      </div>
    </section>
  );
}

function Looked({ state: { step, lookedAt, problem } }: { state: UpdateState }) {
  const { t } = useTranslation();
  if (step.at !== 'none' || lookedAt === null || problem !== null) return null;
  return (
    <span className="text-12 text-text-3">
      {t('updates.newest', { when: fullMoment(lookedAt) })}
    </span>
  );
}

type Found = Exclude<UpdateState['step'], { at: 'none' | 'looking' }>;

function Newer({ step }: { step: Found }) {
  const { t } = useTranslation();
  const { version } = step.offer;
  const load = () =>
    client.updates
      .load()
      .then((state) => queryClient.setQueryData(orpc.updates.state.queryKey(), state))
      .catch(() => notify({ text: t('updates.problems.internal') }));
  const restart = async () => {
    try {
      const outcome = await client.updates.restart();
      if (outcome === 'answers_running') notify({ text: t('updates.answersRunning') });
      if (outcome === 'unsaved') notify({ text: t('updates.unsaved') });
    } catch {
      notify({ text: t('updates.problems.internal') });
    }
  };
  return (
    <div className="rounded-3 border border-line bg-surface-raised p-4">
      <div className="flex items-center gap-3">
        <b className="flex-1 font-medium">{t('updates.found', { version })}</b>
        {step.at === 'offered' && <Button onClick={() => void load()}>{t('updates.load')}</Button>}
        {step.at === 'loading' && (
          <span className="figures text-text-2">
            {t('updates.loading', { percent: step.percent })}
          </span>
        )}
        {step.at === 'ready' && (
          <Button onClick={() => void restart()}>{t('updates.restart')}</Button>
        )}
      </div>
      {step.at === 'ready' && <p className="mt-1 text-text-2">{t('updates.ready')}</p>}
      <Notes offer={step.offer} />
    </div>
  );
}

function Notes({ offer: { notes } }: { offer: Offer }) {
  const { t } = useTranslation();
  if (notes === '') return null;
  return (
    <section aria-label={t('updates.notes')} className="mt-3 border-t border-line pt-3">
      <p dir="auto" className="max-w-(--measure) text-text-2 whitespace-pre-wrap select-text">
        {notes}
      </p>
    </section>
  );
}
