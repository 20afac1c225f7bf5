import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Connection } from '../../../shared/contract/connection';
import { client, orpc } from '../../rpc/client';
import { sealKey } from '../../rpc/seal';
import { needsKey } from '../../state/key-need';
import { problemOfKey } from './connect-problem';
import { FormActions } from './form-actions';
import { KeyField } from './key-field';
import { ProblemText } from './problem-text';
import { leaveWithFreshPage, useSaving } from './saving';
import { serviceOf } from './services';

/** A key for a connection that has none, or one that cannot be read now. */
export function RenewKeyForm({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [key, setKey] = useState('');
  const [allowWeak, setAllowWeak] = useState(connection.keyState === 'weak');
  const saving = useSaving();
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  const service = serviceOf(connection.profile);
  const { problem } = saving;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = problemOfKey(key, needsKey(connection.profile));
    saving.setProblem(wrong);
    if (wrong !== null || saving.busy) return;
    const saved = await saving.run(async (signal) =>
      client.connections.setKey(
        { id: connection.id, key: await sealKey(key.trim()), allowWeak },
        { signal },
      ),
    );
    if (saved) leaveWithFreshPage();
  };

  return (
    <form onSubmit={submit} noValidate>
      <h1 className="mt-6 mb-1 text-24 font-semibold tracking-[-0.02em]">
        {t('connect.renewTitle')}
      </h1>
      <p className="text-text-2">
        {t(`connect.renewWhy.${connection.keyState}`, { name: connection.name })}
      </p>
      <p className="mt-1 mb-6 text-12 break-all text-text-3">
        {t('connect.requestsGoTo')} <span className="font-mono">{connection.baseUrl}</span>
      </p>
      <KeyField
        value={key}
        onChange={(next) => {
          setKey(next);
          saving.setProblem(null);
        }}
        needsKey={needsKey(connection.profile)}
        keyPage={service.keyPage}
        strength={strength}
        allowWeak={allowWeak}
        onAllowWeak={setAllowWeak}
        error={
          problem === null ? undefined : (
            <ProblemText problem={problem} host={new URL(connection.baseUrl).host} />
          )
        }
        autoFocus
      />
      <FormActions saving={saving} onBack={() => navigate('/chat')} />
    </form>
  );
}
