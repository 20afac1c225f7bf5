import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { needsKey } from '../../../shared/profile';
import { isWeak, KeyPageLink, WeakKeyNote } from '../../connection/key-field';
import { serviceOf } from '../../connection/services';
import { orpc, queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';
import { notify } from '../../ui/toaster';
import type { ConnectionDraft } from './connection-draft';

export interface SavedKeyFieldProps {
  connection: Connection;
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  error: ReactNode;
}

/** The key one cannot see: it can be replaced and forgotten. */
export function SavedKeyField({ connection, draft, onChange, error }: SavedKeyFieldProps) {
  const { t } = useTranslation();
  const { id, keyState } = connection;
  const [asking, setAsking] = useState(false);
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  const forget = useMutation(
    orpc.connections.forgetKey.mutationOptions({
      onSuccess: () => setAsking(false),
      onError: () => notify({ text: t('settings.keyNotForgotten') }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.connections.key() }),
    }),
  );
  const { keyPage } = serviceOf(draft.profile);
  const missing = keyState === 'missing';
  const optional = missing && !needsKey(draft.profile);
  return (
    <div>
      <div className="flex items-start gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t('connection.key')}
          secret
          value={draft.key}
          placeholder={optional ? t('connection.keyOptional') : t(`settings.savedKey.${keyState}`)}
          onChange={(event) => onChange({ ...draft, key: event.target.value })}
          {...(error === undefined ? {} : { error })}
          action={missing && keyPage !== null && <KeyPageLink url={keyPage} />}
        />
        {!missing && (
          <Button className="mt-5" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('settings.forget')}
          </Button>
        )}
      </div>
      {asking && !missing && (
        <div className="mt-2 flex flex-wrap items-center gap-2 text-12">
          <span className="min-w-0 flex-1 text-text-2">{t('settings.forgetWhy')}</span>
          <Button
            size="sm"
            variant="danger"
            disabled={forget.isPending}
            onClick={() => forget.mutate({ id })}
          >
            {t('settings.forgetKey')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setAsking(false)}>
            {t('settings.keepKey')}
          </Button>
        </div>
      )}
      {draft.key !== '' && isWeak(strength) && (
        <WeakKeyNote
          allow={draft.allowWeak}
          onAllow={(allowWeak) => onChange({ ...draft, allowWeak })}
        />
      )}
    </div>
  );
}
