import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { BaseUrlField } from '../../connection/base-url-field';
import { KeyField } from '../../connection/key-field';
import { useNewConnection } from '../../connection/new-connection';
import type { ProblemField } from '../../connection/problem';
import { hasRemedy, ProblemActions } from '../../connection/problem-actions';
import { ProblemText } from '../../connection/problem-text';
import { leaveWithFreshPage } from '../../connection/saving';
import { orpc } from '../../rpc/client';
import { chooseConnection, enterDemo } from '../../state/chosen-connection';
import { useUsableMark } from '../../state/usable';
import { FormActions } from './form-actions';
import { ServiceChoice } from './service-choice';

/** A new connection. */
export function ConnectForm() {
  useUsableMark();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const form = useNewConnection();
  const [caFile, setCaFile] = useState<string | null>(null);
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const { saving, service } = form;

  const save = async (trusted: string | null) => {
    // It is saved; that it is not the chosen one is no reason to say otherwise.
    const saved = await form.submit(trusted === null ? {} : { caFile: trusted }, (made) =>
      chooseConnection(made).catch(() => undefined),
    );
    if (saved) leaveWithFreshPage('/chat');
  };

  const openDemo = async () => {
    if (await saving.run(() => enterDemo())) navigate('/chat');
  };

  const errorAt = (...fields: ProblemField[]) => {
    const problem = form.problemAt(...fields);
    if (problem === null) return undefined;
    return (
      <>
        <ProblemText problem={problem} host={form.host} />
        {hasRemedy(problem) && (
          <span className="mt-2 flex text-text">
            <ProblemActions
              problem={problem}
              onAddress={form.setUrl}
              onCaFile={(path) => {
                setCaFile(path);
                void save(path);
              }}
            />
          </span>
        )}
      </>
    );
  };

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save(caFile);
      }}
      noValidate
    >
      <h1 className="mt-6 mb-1 text-24 font-semibold tracking-[-0.02em]">{t('connect.title')}</h1>
      <p className="mb-6 text-text-2">{t('connect.lede')}</p>
      <ServiceChoice profile={service.profile} onChoose={form.choose} disabled={saving.busy} />
      <div className="mt-4 grid gap-4">
        <BaseUrlField
          service={service}
          value={form.url}
          onChange={form.setUrl}
          readOnly={saving.busy}
          error={errorAt('url', 'proxy', 'ca')}
        />
        <KeyField
          value={form.key}
          onChange={form.setKey}
          placeholder={form.needsKey ? '' : t('connection.keyOptional')}
          keyPage={service.keyPage}
          strength={form.strength}
          allowWeak={form.allowWeak}
          onAllowWeak={form.setAllowWeak}
          readOnly={saving.busy}
          autoFocus
          error={errorAt('key')}
        />
      </div>
      <FormActions
        saving={saving}
        other={{ label: t('connect.tryDemo'), onSelect: () => void openDemo() }}
        {...(connections && connections.length > 0 ? { onBack: () => navigate('/chat') } : {})}
      />
      <p className="mt-3 text-12 text-text-3">{t('connect.demoHint')}</p>
    </form>
  );
}
