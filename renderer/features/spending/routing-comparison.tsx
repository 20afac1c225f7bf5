import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoutingFigures, SpendingFilter } from '../../../shared/contract/spending';
import { orpc } from '../../rpc/client';
import { count, seconds, usd } from '../../ui/format';
import { UnknownCost } from '../../ui/unknown-cost';
import { bestRouting } from './routing-best';
import { useGroupName } from './use-group-name';

/** How the values of the routing parameter did, by one's own prices and times. */
export function RoutingComparison({ filter }: { filter: SpendingFilter }) {
  const { t } = useTranslation();
  const id = useId();
  const nameOf = useGroupName();
  const { data } = useQuery({
    ...orpc.spending.compareRouting.queryOptions({ input: filter }),
    placeholderData: keepPreviousData,
  });
  if (!data || data.length === 0) return null;
  const named = (routing: string) => nameOf('routing', routing, routing);
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="text-15 font-semibold">
        {t('spending.compared.title')}
      </h2>
      <p className="mt-1 max-w-(--measure) text-text-2">
        <Finding figures={data} named={named} /> {data.length > 1 && t('spending.compared.note')}
      </p>
      <table className="spending-table mt-3" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col" data-column="name">
              {t('spending.groupings.routing')}
            </th>
            <th scope="col" data-figures>
              {t('spending.compared.answers')}
            </th>
            <th scope="col" data-figures>
              {t('spending.compared.firstToken')}
            </th>
            <th scope="col" data-figures>
              {t('spending.compared.latency')}
            </th>
            <th scope="col" data-figures>
              {t('spending.columns.perAnswer')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map((row) => (
            <tr key={row.routing}>
              <th scope="row" data-column="name">
                <span>{named(row.routing)}</span>
              </th>
              <td>{count(row.answers)}</td>
              <td>{row.firstTokenMs ? seconds(row.firstTokenMs.p50) : '–'}</td>
              <td>{row.totalMs ? seconds(row.totalMs.p50) : '–'}</td>
              <td>{row.costPerAnswer === null ? <UnknownCost /> : usd(row.costPerAnswer, 6)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface FindingProps {
  figures: readonly RoutingFigures[];
  named: (routing: string) => string;
}

/** What the figures say, in one sentence. */
function Finding({ figures, named }: FindingProps) {
  const { t } = useTranslation();
  if (figures.length === 1) return t('spending.compared.one');
  const { cheapest, fastest } = bestRouting(figures);
  if (cheapest === null || fastest === null) return t('spending.compared.few');
  if (cheapest === fastest) return t('spending.compared.both', { name: named(cheapest) });
  return t('spending.compared.each', { cheapest: named(cheapest), fastest: named(fastest) });
}
