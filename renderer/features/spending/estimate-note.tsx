import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EstimateAccuracy } from '../../../shared/contract/estimate';
import { orpc } from '../../rpc/client';
import { count, percent } from '../../ui/format';

/** With fewer answers than this nothing can be said. */
const FEW = 10;

/** How near the estimates came to what answers cost, by what they were made of. */
export function EstimateNote({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const { data } = useQuery(orpc.estimates.accuracy.queryOptions({ input: { demo } }));
  if (!data || data.length === 0) return null;
  return (
    <section aria-label={t('spending.estimates.title')} className="mt-4 text-12 text-text-3">
      {data.map((accuracy) => (
        <p key={accuracy.basis} className="figures">
          <Accuracy {...accuracy} />
        </p>
      ))}
    </section>
  );
}

function Accuracy({ basis, runs, inside, medianError }: EstimateAccuracy) {
  const { t } = useTranslation();
  const what = t(`spending.estimates.${basis}`);
  if (runs < FEW) return t('spending.estimates.few', { what, count: runs, text: count(runs) });
  const within = t('spending.estimates.within', {
    what,
    share: percent(inside / runs),
    count: runs,
    text: count(runs),
  });
  if (medianError === null) return within;
  return `${within} ${t('spending.estimates.off', { share: percent(medianError / 1000, 1) })}`;
}
