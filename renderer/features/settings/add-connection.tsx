import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../../shared/ids';
import { BaseUrlField } from '../../connection/base-url-field';
import { KeyField } from '../../connection/key-field';
import { useNewConnection } from '../../connection/new-connection';
import type { ProblemField } from '../../connection/problem';
import { hasRemedy, ProblemActions } from '../../connection/problem-actions';
import { ProblemText } from '../../connection/problem-text';
import { SERVICES } from '../../connection/services';
import { queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { isEscape } from '../../ui/composition';
import { Select } from '../../ui/select';
import { Spinner } from '../../ui/spinner';
import { TextField } from '../../ui/text-field';
import { AdvancedPart } from './advanced-part';
import { freshenPage } from './drafts';
import { OptionFields } from './option-fields';
import { newOptions, optionProblems, optionsOf } from './options-draft';

export interface AddConnectionProps {
  onClose: () => void;
  onMade: (id: ConnectionId) => void;
}

/** A new connection, in place. */
export function AddConnection({ onClose, onMade }: AddConnectionProps) {
  const { t } = useTranslation();
  const form = useNewConnection();
  const { saving, service } = form;
  const [name, setName] = useState('');
  const [options, setOptions] = useState(() => newOptions(service.auth));
  const [tried, setTried] = useState(false);

  const save = async (wanted: typeof options) => {
    setTried(true);
    const sent = optionsOf(wanted);
    if (sent === null) return;
    let made: ConnectionId | null = null;
    const saved = await form.submit(
      sent,
      async ({ id }) => {
        made = id;
        await queryClient.invalidateQueries();
      },
      name,
    );
    if (!saved || made === null) return;
    if (!freshenPage(form.key !== '', `/settings/connections/${made}`)) onMade(made);
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
              onCaFile={(caFile) => {
                setOptions({ ...options, caFile });
                void save({ ...options, caFile });
              }}
            />
          </span>
        )}
      </>
    );
  };

  const problems = optionProblems(options);
  const advancedProblem = errorAt('proxy') ?? errorAt('ca');
  const wrongOption = tried && (problems.limits.length > 0 || problems.proxyEmpty);
  return (
    <form
      aria-label={t('settings.newConnection')}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save(options);
      }}
      onKeyDown={(event) => {
        if (isEscape(event) && !saving.busy) onClose();
      }}
      className="rounded-3 border border-line bg-surface-raised p-4"
    >
      <div className="grid grid-cols-2 items-start gap-x-6 gap-y-4 compact:grid-cols-1">
        <Select
          label={t('connection.service')}
          value={service.profile}
          options={SERVICES.map(({ profile, name: known }) => ({
            value: profile,
            label: known === '' ? t('connection.other') : known,
          }))}
          onChange={(profile) => {
            form.choose(profile);
            const next = SERVICES.find((other) => other.profile === profile);
            setOptions({ ...options, auth: next?.auth ?? options.auth });
          }}
          disabled={saving.busy}
        />
        <TextField
          label={t('settings.name')}
          value={name}
          maxLength={100}
          readOnly={saving.busy}
          placeholder={service.name === '' ? t('settings.nameFromHost') : service.name}
          onChange={(event) => setName(event.target.value)}
        />
        <BaseUrlField
          service={service}
          value={form.url}
          onChange={form.setUrl}
          readOnly={saving.busy}
          error={errorAt('url')}
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
      <AdvancedPart forced={wrongOption || advancedProblem !== undefined}>
        <OptionFields
          options={options}
          onChange={(next) => {
            // What is being checked is what was sent.
            if (!saving.busy) setOptions(next);
          }}
          problems={tried ? problems : null}
          proxyError={errorAt('proxy')}
          caError={errorAt('ca')}
        />
      </AdvancedPart>
      <div className="mt-4 flex gap-2">
        <Button type="submit" variant="ink" aria-busy={saving.busy}>
          {saving.busy && <Spinner />}
          {saving.busy ? t('connection.checking') : t('settings.add')}
        </Button>
        <Button variant="quiet" onClick={saving.busy ? saving.cancel : onClose}>
          {t('connection.cancel')}
        </Button>
      </div>
    </form>
  );
}
