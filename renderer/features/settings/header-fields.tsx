import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_HEADERS } from '../../../shared/endpoint';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { textBox } from '../../ui/text-field';
import { type HeaderDraft, type HeaderProblem, withNewHeader } from './header-draft';

export interface HeaderFieldsProps {
  headers: readonly HeaderDraft[];
  onChange: (headers: readonly HeaderDraft[]) => void;
  /** What is to be said to be wrong, by id. */
  problems: ReadonlyMap<number, HeaderProblem>;
  /** What they are for. */
  hint: string;
  /** What main or the server said of them. */
  error?: ReactNode;
}

/** Headers that go along with each request. Their values are kept like keys. */
export function HeaderFields({ headers, onChange, problems, hint, error }: HeaderFieldsProps) {
  const { t } = useTranslation();
  const put = (changed: HeaderDraft) =>
    onChange(headers.map((header) => (header.id === changed.id ? changed : header)));
  return (
    <fieldset className="mt-4 min-w-0">
      <legend className="mb-1 text-12 font-medium text-text-2">{t('settings.headers')}</legend>
      <p className="mb-2 text-12 text-text-3">{hint}</p>
      {headers.map((header) => (
        <HeaderRow
          key={header.id}
          header={header}
          problem={problems.get(header.id)}
          onChange={put}
          onRemove={() => onChange(headers.filter(({ id }) => id !== header.id))}
        />
      ))}
      {error !== undefined && (
        <p role="alert" className="mb-2 text-12 text-danger">
          {error}
        </p>
      )}
      <Button
        size="sm"
        disabled={headers.length >= MAX_HEADERS}
        onClick={() => onChange(withNewHeader(headers))}
      >
        <Icon icon={Plus} small />
        {t('settings.addHeader')}
      </Button>
      {headers.length >= MAX_HEADERS && (
        <span className="pl-2 text-12 text-text-3">
          {t('settings.headersFull', { count: MAX_HEADERS })}
        </span>
      )}
    </fieldset>
  );
}

interface HeaderRowProps {
  header: HeaderDraft;
  problem: HeaderProblem | undefined;
  onChange: (header: HeaderDraft) => void;
  onRemove: () => void;
}

function HeaderRow({ header, problem, onChange, onRemove }: HeaderRowProps) {
  const { t } = useTranslation();
  const aboutValue = problem === 'valueEmpty' || problem === 'valueNotAscii';
  const name = header.name.trim();
  return (
    <div className="mb-2">
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_28px] items-center gap-2">
        <input
          type="text"
          aria-label={t('settings.headerName')}
          aria-invalid={problem !== undefined && !aboutValue ? true : undefined}
          value={header.name}
          readOnly={header.saved}
          // biome-ignore lint/a11y/noAutofocus: the row was just asked for
          autoFocus={!header.saved && header.name === ''}
          placeholder="X-Name"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ ...header, name: event.target.value })}
          className={`${textBox} h-8 read-only:border-line read-only:text-text-2`}
        />
        <input
          type="text"
          aria-label={
            name === '' ? t('settings.headerValue') : t('settings.headerValueOf', { name })
          }
          aria-invalid={aboutValue ? true : undefined}
          value={header.value}
          placeholder={header.saved ? t('settings.saved') : t('settings.value')}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange({ ...header, value: event.target.value })}
          className={`${textBox} secret h-8`}
        />
        <IconButton
          label={name === '' ? t('settings.removeHeader') : t('settings.removeHeaderOf', { name })}
          icon={Trash2}
          small
          onClick={onRemove}
        />
      </div>
      {problem !== undefined && (
        <p role="alert" className="mt-1 text-12 text-danger">
          {t(`settings.headerProblems.${problem}`, { name })}
        </p>
      )}
    </div>
  );
}
