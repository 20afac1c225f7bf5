import { useTranslation } from 'react-i18next';
import { moment } from '../../ui/format';
import { Spinner } from '../../ui/spinner';
import type { CatalogueState } from './use-catalogue';

/** Below the list: how old it is, and what went wrong with asking for it. */
export function ModelListState({ state }: { state: CatalogueState }) {
  const { t } = useTranslation();
  const { catalogue, failure, refreshing, refresh } = state;
  const at = catalogue?.fetchedAt ?? null;
  const age = at === null ? null : t('models.age', { time: moment(at, Date.now()) });
  return (
    <div className="flex flex-none items-center gap-2 px-3 pt-1 pb-1.5 text-12 text-text-3">
      <span role="status" className="min-w-0 flex-1 truncate">
        {failure && (
          <span className="mr-1 text-danger">
            {t(age === null ? 'composer.modelsFailed' : 'models.notRefreshed')}
          </span>
        )}
        {refreshing && catalogue === null ? t('models.reading') : age}
      </span>
      {refreshing && <Spinner />}
      <button
        type="button"
        disabled={refreshing}
        onClick={refresh}
        // Enter would choose the active line.
        onKeyDown={(event) => event.stopPropagation()}
        className="h-6 flex-none rounded-1 px-1.5 font-medium text-text-2 enabled:hover:bg-surface-hover disabled:text-text-disabled"
      >
        {t('models.refresh')}
      </button>
    </div>
  );
}
