import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { profile } from '../../../shared/profile';
import { BaseUrlField } from '../../connection/base-url-field';
import type { Problem, ProblemField } from '../../connection/problem';
import { hasRemedy, ProblemActions } from '../../connection/problem-actions';
import { ProblemText } from '../../connection/problem-text';
import type { Saving } from '../../connection/saving';
import { serviceOf } from '../../connection/services';
import { Select } from '../../ui/select';
import { TextField } from '../../ui/text-field';
import { AdvancedPart } from './advanced-part';
import {
  type ConnectionDraft,
  type DraftProblems,
  hasAdvancedProblems,
  withProfile,
} from './connection-draft';
import { hostOf } from './connection-row';
import { HeaderFields } from './header-fields';
import { LearnedList } from './learned-list';
import { OptionFields } from './option-fields';
import { optionSummary } from './option-summary';
import { SavedKeyField } from './saved-key-field';

export interface EditorFieldsProps {
  connection: Connection;
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  /** What is to be said to be wrong; null before the first attempt to save. */
  problems: DraftProblems | null;
  saving: Saving;
  onAddress: (url: string) => void;
  onCaFile: (path: string) => void;
}

const NO_HEADER_PROBLEMS = new Map<number, never>();

/** The fields of a connection. The demo has a name and nothing else to set. */
export function EditorFields(props: EditorFieldsProps) {
  const { connection, draft, onChange, problems, saving } = props;
  const { t } = useTranslation();
  const name = (
    <TextField
      label={t('settings.name')}
      value={draft.name}
      maxLength={100}
      onChange={(event) => onChange({ ...draft, name: event.target.value })}
      error={problems?.nameEmpty ? t('settings.nameEmpty') : undefined}
    />
  );
  if (connection.isDemo) {
    return (
      <div className="grid grid-cols-2 items-end gap-x-6 gap-y-2 compact:grid-cols-1">
        {name}
        <p className="pb-1.5 text-12 text-text-3">{t('settings.demoNote')}</p>
      </div>
    );
  }

  const reported = (...fields: ProblemField[]): Problem | null =>
    saving.problem && fields.includes(saving.problem.field) ? saving.problem : null;
  const shown = (problem: Problem | null | undefined) =>
    problem ? (
      <>
        <ProblemText problem={problem} host={hostOf({ ...connection, baseUrl: draft.baseUrl })} />
        {hasRemedy(problem) && (
          <span className="mt-2 flex text-text">
            <ProblemActions
              problem={problem}
              onAddress={props.onAddress}
              onCaFile={props.onCaFile}
            />
          </span>
        )}
      </>
    ) : undefined;
  const proxyError = shown(reported('proxy'));
  const caError = shown(reported('ca'));
  const headersError = shown(reported('headers'));
  const forced =
    proxyError !== undefined ||
    caError !== undefined ||
    headersError !== undefined ||
    (problems !== null && hasAdvancedProblems(problems));

  return (
    <>
      <div className="grid grid-cols-2 items-start gap-x-6 gap-y-4 compact:grid-cols-1">
        {name}
        <Select
          label={t('settings.kind')}
          value={draft.profile}
          options={profile.options.map((value) => ({
            value,
            label: t(`connection.kind.${value}`),
          }))}
          onChange={(next) => onChange(withProfile(draft, next))}
        />
        <BaseUrlField
          service={serviceOf(draft.profile)}
          value={draft.baseUrl}
          quiet={draft.baseUrl === connection.baseUrl}
          onChange={(baseUrl) => onChange({ ...draft, baseUrl })}
          error={shown(problems?.url ?? reported('url'))}
        />
        <SavedKeyField
          connection={connection}
          draft={draft}
          onChange={onChange}
          error={shown(problems?.key ?? reported('key'))}
        />
      </div>
      <AdvancedPart forced={forced} summary={optionSummary(connection, t)}>
        <OptionFields
          options={draft.options}
          onChange={(options) => onChange({ ...draft, options })}
          problems={problems?.options ?? null}
          proxyError={proxyError}
          caError={caError}
        />
        <HeaderFields
          headers={draft.headers}
          onChange={(headers) => onChange({ ...draft, headers })}
          problems={problems?.headers ?? NO_HEADER_PROBLEMS}
          hint={t('settings.headersHint')}
          error={headersError}
        />
        <LearnedList connection={connection} />
      </AdvancedPart>
    </>
  );
}
