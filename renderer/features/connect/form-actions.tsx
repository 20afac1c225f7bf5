import { useTranslation } from 'react-i18next';
import type { Saving } from '../../connection/saving';
import { Button } from '../../ui/button';
import { Spinner } from '../../ui/spinner';

export interface FormActionsProps {
  saving: Saving;
  /** The other way on. */
  other?: { readonly label: string; readonly onSelect: () => void };
  /** Leaves the page as it was; absent where there is nowhere to go back to. */
  onBack?: () => void;
}

/** Save, or while the server is asked: call it off. */
export function FormActions({ saving, other, onBack }: FormActionsProps) {
  const { t } = useTranslation();
  return (
    <div className="mt-6 flex gap-2">
      <Button type="submit" variant="ink" className="px-4" aria-busy={saving.busy}>
        {saving.busy ? (
          <>
            <Spinner />
            {t('connect.checking')}
          </>
        ) : (
          t('connect.save')
        )}
      </Button>
      {saving.busy ? (
        <Button variant="quiet" onClick={saving.cancel}>
          {t('connect.cancel')}
        </Button>
      ) : (
        <>
          {other && (
            <Button variant="quiet" onClick={other.onSelect}>
              {other.label}
            </Button>
          )}
          {onBack && (
            <Button variant="quiet" onClick={onBack}>
              {t('connect.back')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
