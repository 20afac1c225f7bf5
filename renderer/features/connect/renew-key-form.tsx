import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Connection } from '../../../shared/contract/connection';
import { needsKey } from '../../../shared/profile';
import { KeyField } from '../../connection/key-field';
import { problemOfKey } from '../../connection/problem';
import { ProblemText } from '../../connection/problem-text';
import { leaveWithFreshPage, useSaving } from '../../connection/saving';
import { serviceOf } from '../../connection/services';
import { client, orpc } from '../../rpc/client';
import { sealSecret } from '../../rpc/seal';
import { FormActions } from './form-actions';

/** A key for a connection that has none, or one that cannot be read now. */
export function RenewKeyForm({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [key, setKey] = useState('');
  const [allowWeak, setAllowWeak] = useState(connection.keyState === 'weak');
  const saving = useSaving();
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  const service = serviceOf(connection.profile);
  const keyNeeded = needsKey(connection.profile);
  const { problem } = saving;
  const { name, keyState, otherKeys } = connection;
  const why = keyState === 'missing' && otherKeys.length > 0 ? 'otherServer' : keyState;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = problemOfKey(key, keyNeeded);
    saving.setProblem(wrong);
    if (wrong !== null || saving.busy) return;
    const saved = await saving.run(async (signal) =>
      client.connections.setKey(
        { id: connection.id, key: await sealSecret(key.trim()), allowWeak },
        { signal },
      ),
    );
    if (saved) leaveWithFreshPage('/chat');
  };

  return (
    <form onSubmit={submit} noValidate>
      <h1 className="mt-6 mb-1 text-24 font-semibold tracking-[-0.02em]">
        {t('connect.renewTitle')}
      </h1>
      <p className="text-text-2">
        {t(`connect.renewWhy.${why}`, { name, servers: otherKeys.join(', ') })}
      </p>
      <p className="mt-1 mb-6 text-12 break-all text-text-3">
        {t('connection.requestsGoTo')} <span className="font-mono">{connection.baseUrl}</span>
      </p>
      <KeyField
        value={key}
        onChange={(next) => {
          setKey(next);
          saving.setProblem(null);
        }}
        placeholder={keyNeeded ? '' : t('connection.keyOptional')}
        keyPage={service.keyPage}
        strength={strength}
        allowWeak={allowWeak}
        onAllowWeak={setAllowWeak}
        readOnly={saving.busy}
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
