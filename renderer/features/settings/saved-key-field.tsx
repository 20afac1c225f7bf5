import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { normaliseBaseUrl, originOf } from '../../../shared/base-url';
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
  const { id, keyState, otherKeys } = connection;
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
  const here = originOf(connection.baseUrl);
  const there = serverOf(draft.baseUrl) ?? here;
  const note = noteOfServer(connection, there);
  const placeholder =
    note === 'again'
      ? t('settings.saved')
      : t(`settings.savedKey.${note === 'moves' ? 'missing' : keyState}`);
  const missing = keyState === 'missing';
  const optional = missing && note !== 'again' && !needsKey(draft.profile);
  const kept = !missing || otherKeys.length > 0;
  return (
    <div>
      <div className="flex items-start gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t('connection.key')}
          secret
          value={draft.key}
          placeholder={optional ? t('connection.keyOptional') : placeholder}
          onChange={(event) => onChange({ ...draft, key: event.target.value })}
          {...(error === undefined ? {} : { error })}
          {...(note === null
            ? {}
            : {
                hint: t(`settings.otherKey.${note}`, {
                  server: there,
                  servers: note === 'moves' ? here : otherKeys.join(', '),
                }),
              })}
          action={missing && keyPage !== null && <KeyPageLink url={keyPage} />}
        />
        {kept && (
          <Button className="mt-5" aria-expanded={asking} onClick={() => setAsking(!asking)}>
            {t('settings.forget')}
          </Button>
        )}
      </div>
      {asking && kept && (
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
          strength={strength}
          allow={draft.allowWeak}
          onAllow={(allowWeak) => onChange({ ...draft, allowWeak })}
        />
      )}
    </div>
  );
}

/** The server of an address as it is being typed; null while it is none. */
function serverOf(address: string): string | null {
  const base = normaliseBaseUrl(address);
  return base.ok ? originOf(base.url) : null;
}

/** Which word on the servers of keys is due where the form names this server; null for none. */
function noteOfServer(
  { baseUrl, keyState, otherKeys }: Connection,
  there: string,
): 'again' | 'moves' | 'others' | null {
  const missing = keyState === 'missing';
  if (there === originOf(baseUrl)) return missing && otherKeys.length > 0 ? 'others' : null;
  if (otherKeys.includes(there)) return 'again';
  return missing ? null : 'moves';
}
