import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { isNarrowed, type SpendingPlace, USUAL_PLACE } from './spending-place';
import { linkTo } from './use-spending';

/** Before the first answer: what will stand here. */
export function NothingSpent({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="mt-16 max-w-(--measure)">
      <h2 className="text-18 font-semibold">{t('spending.emptyTitle')}</h2>
      <p className="mt-1 text-text-2">
        {t('spending.emptyText')} {demo && t('spending.emptyDemo')}
      </p>
      <Button className="mt-4" variant="ink" asChild>
        <a href="#/chat">{t('spending.emptyAction')}</a>
      </Button>
    </div>
  );
}

/** There is spending, but none of what is asked for. */
export function NothingThen({ place }: { place: SpendingPlace }) {
  const { t } = useTranslation();
  const narrowed = isNarrowed(place);
  const wider: SpendingPlace = narrowed
    ? { ...place, only: {}, sources: null, waste: null }
    : { ...USUAL_PLACE, demo: place.demo, period: 'all' };
  return (
    <div className="mt-8">
      <h2 className="text-15 font-semibold">
        {narrowed ? t('spending.noRows') : t('spending.quietTitle')}
      </h2>
      {(narrowed || place.period !== 'all') && (
        <Button className="mt-3" asChild>
          <a href={linkTo(wider)}>{narrowed ? t('spending.clear') : t('spending.quietAction')}</a>
        </Button>
      )}
    </div>
  );
}
