import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../rpc/client';
import { Button } from '../../ui/button';
import { FieldNote } from '../../ui/text-field';
import { notify } from '../../ui/toaster';

export interface CaFileFieldProps {
  path: string | null;
  onChange: (path: string | null) => void;
  error?: ReactNode;
}

/** A file of certificates that are trusted beside the system's. */
export function CaFileField({ path, onChange, error }: CaFileFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const choose = async () => {
    try {
      const chosen = await client.connections.chooseCaFile();
      if (chosen !== null) onChange(chosen);
    } catch {
      notify({ text: t('settings.notChosen') });
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset breaks the grid of two columns
    <div role="group" aria-labelledby={id} aria-describedby={`${id}-note`}>
      <div id={id} className="mb-1 text-12 font-medium text-text-2">
        {t('settings.caFile')}
      </div>
      <div className="flex items-center gap-2">
        {path !== null && (
          <span title={path} className="min-w-0 flex-1 truncate font-mono text-12">
            {fileName(path)}
          </span>
        )}
        <Button onClick={() => void choose()}>{t('settings.choose')}</Button>
        {path !== null && (
          <Button variant="quiet" onClick={() => onChange(null)}>
            {t('settings.clear')}
          </Button>
        )}
      </div>
      <FieldNote id={`${id}-note`} hint={t('settings.caHint')} error={error} />
    </div>
  );
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
