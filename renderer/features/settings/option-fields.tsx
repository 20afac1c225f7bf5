import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { authScheme, roleRule } from '../../../shared/endpoint';
import { count } from '../../ui/format';
import { Segmented } from '../../ui/segmented';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { CaFileField } from './ca-file-field';
import { LIMIT_NAMES, limitRange, type OptionProblems, type OptionsDraft } from './options-draft';

const PROXY_MODES = ['system', 'none', 'url'] as const;

export interface OptionFieldsProps {
  options: OptionsDraft;
  onChange: (options: OptionsDraft) => void;
  /** What is to be said to be wrong; null while nothing is. */
  problems: OptionProblems | null;
  proxyError?: ReactNode;
  caError?: ReactNode;
}

/** How a server is reached, besides its address and key. */
export function OptionFields(props: OptionFieldsProps) {
  const { options, onChange, problems, proxyError, caError } = props;
  const { t } = useTranslation();
  const emptyProxy = problems?.proxyEmpty ? t('connection.problem.proxyEmpty.what') : undefined;
  return (
    <div className="grid grid-cols-2 items-start gap-x-6 gap-y-4 compact:grid-cols-1">
      <Select
        label={t('settings.auth')}
        value={options.auth}
        options={authScheme.options.map((value) => ({
          value,
          label: t(`settings.auths.${value}`),
        }))}
        onChange={(auth) => onChange({ ...options, auth })}
      />
      <Select
        label={t('settings.roles')}
        value={options.roles}
        options={roleRule.options.map((value) => ({
          value,
          label: t(`settings.roleRules.${value}`),
        }))}
        onChange={(roles) => onChange({ ...options, roles })}
        hint={t(`settings.roleHints.${options.roles}`)}
      />
      <div>
        <Segmented
          label={t('settings.proxy')}
          showLabel
          large
          value={options.proxyMode}
          segments={PROXY_MODES.map((value) => ({ value, label: t(`settings.proxies.${value}`) }))}
          onChange={(proxyMode) => onChange({ ...options, proxyMode })}
        />
        {options.proxyMode === 'url' ? (
          <TextField
            className="mt-2"
            label={t('settings.proxyAddress')}
            value={options.proxyUrl}
            spellCheck={false}
            autoComplete="off"
            placeholder="http://proxy.example:3128"
            onChange={(event) => onChange({ ...options, proxyUrl: event.target.value })}
            error={emptyProxy ?? proxyError}
          />
        ) : (
          <p className="mt-1 text-12 text-text-3">
            {proxyError ?? t(`settings.proxyHints.${options.proxyMode}`)}
          </p>
        )}
      </div>
      <CaFileField
        path={options.caFile}
        onChange={(caFile) => onChange({ ...options, caFile })}
        error={caError}
      />
      <fieldset className="col-span-2 grid min-w-0 grid-cols-3 items-start gap-x-6 compact:col-span-1 compact:gap-x-4">
        <legend className="mb-1 text-12 font-medium text-text-2">{t('settings.limits')}</legend>
        {LIMIT_NAMES.map((name) => {
          const { from, to } = limitRange(name);
          const wrong = problems?.limits.includes(name) === true;
          return (
            <TextField
              key={name}
              label={t(`settings.limitNames.${name}`)}
              value={options.limits[name]}
              inputMode="decimal"
              onChange={(event) =>
                onChange({ ...options, limits: { ...options.limits, [name]: event.target.value } })
              }
              hint={t(`settings.limitHints.${name}`)}
              error={
                wrong ? t('settings.limitRange', { from: count(from), to: count(to) }) : undefined
              }
            />
          );
        })}
      </fieldset>
    </div>
  );
}
