import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { normaliseBaseUrl } from '../../../shared/base-url';
import type { Profile } from '../../../shared/contract/connection';
import { client, orpc } from '../../rpc/client';
import { sealKey } from '../../rpc/seal';
import { chooseConnection, enterDemo } from '../../state/chosen-connection';
import { needsKey } from '../../state/key-need';
import { useUsableMark } from '../../state/usable';
import { Segmented } from '../../ui/segmented';
import { TextField } from '../../ui/text-field';
import { problemOfInput } from './connect-problem';
import { FormActions } from './form-actions';
import { KeyField } from './key-field';
import { ProblemText } from './problem-text';
import { leaveWithFreshPage, useSaving } from './saving';
import { connectionName, SERVICES, serviceOf } from './services';

/** A new connection. */
export function ConnectForm() {
  useUsableMark();
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [profile, setProfile] = useState<Profile>('apipie');
  const service = serviceOf(profile);
  const [url, setUrl] = useState(service.baseUrl);
  const [key, setKey] = useState('');
  const [allowWeak, setAllowWeak] = useState(false);
  const saving = useSaving();
  const { data: strength } = useQuery(orpc.connections.keyStrength.queryOptions());
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const address = normaliseBaseUrl(url);
  const { problem } = saving;

  const choose = (next: Profile) => {
    setProfile(next);
    setUrl(serviceOf(next).baseUrl);
    saving.setProblem(null);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = problemOfInput(url, key, needsKey(profile));
    saving.setProblem(wrong);
    if (wrong !== null || !address.ok || saving.busy) return;
    const saved = await saving.run(async (signal) => {
      const made = await client.connections.create(
        {
          name: connectionName(service, address.url),
          profile,
          baseUrl: address.url,
          key: await sealKey(key.trim()),
          allowWeak,
        },
        { signal },
      );
      // It is saved; that it is not the chosen one is no reason to say otherwise.
      await chooseConnection(made).catch(() => undefined);
    });
    if (saved) leaveWithFreshPage();
  };

  const openDemo = async () => {
    if (await saving.run(enterDemo)) navigate('/chat');
  };

  const host = address.ok ? new URL(address.url).host : url;
  const errorOf = (field: 'url' | 'key') =>
    problem?.field === field ? <ProblemText problem={problem} host={host} /> : undefined;

  return (
    <form onSubmit={submit} noValidate>
      <h1 className="mt-6 mb-1 text-24 font-semibold tracking-[-0.02em]">{t('connect.title')}</h1>
      <p className="mb-6 text-text-2">{t('connect.lede')}</p>
      <Segmented
        label={t('connect.service')}
        showLabel
        large
        value={profile}
        segments={SERVICES.map(({ profile: value, name }) => ({
          value,
          label: name === '' ? t('connect.other') : name,
        }))}
        onChange={choose}
        disabled={saving.busy}
      />
      <TextField
        className="mt-4"
        label={t('connect.baseUrl')}
        value={url}
        spellCheck={false}
        autoComplete="off"
        placeholder="https://…/v1"
        readOnly={saving.busy}
        onChange={(event) => {
          setUrl(event.target.value);
          if (problem?.field === 'url') saving.setProblem(null);
        }}
        error={errorOf('url')}
        hint={
          address.ok ? (
            <>
              {t('connect.requestsGoTo')}{' '}
              <span className="font-mono leading-5 break-all">{address.chatUrl}</span>
            </>
          ) : (
            t('connect.urlHint')
          )
        }
      />
      <KeyField
        value={key}
        onChange={(next) => {
          setKey(next);
          if (problem?.field === 'key') saving.setProblem(null);
        }}
        needsKey={needsKey(profile)}
        keyPage={service.keyPage}
        strength={strength}
        allowWeak={allowWeak}
        onAllowWeak={setAllowWeak}
        autoFocus
        error={errorOf('key')}
      />
      <FormActions
        saving={saving}
        other={{ label: t('connect.tryDemo'), onSelect: () => void openDemo() }}
        {...(connections && connections.length > 0 ? { onBack: () => navigate('/chat') } : {})}
      />
      <p className="mt-3 text-12 text-text-3">{t('connect.demoHint')}</p>
    </form>
  );
}
