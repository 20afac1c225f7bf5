import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../shared/contract/preset';
import { nano } from '../../../shared/money';
import { Estimate } from '../../ui/estimate';
import { count, percent } from '../../ui/format';
import { Money } from '../../ui/money';
import { UnknownCost } from '../../ui/unknown-cost';
import { costPerAnswer } from './preset-figures';

/** What a preset has cost in the last 30 days, and what came of it. */
export function PresetFigures({ preset: { spent, wastedPermille } }: { preset: Preset }) {
  const { t } = useTranslation();
  const { known, estimated, unknown, running, runs } = spent;
  const each = costPerAnswer(spent);
  const none = <span className="font-normal text-text-3">{t('presets.none30')}</span>;
  return (
    <dl className="my-4 flex border-y border-line">
      <Figure label={t('presets.spent')}>
        <Money amount={known} decimals={runs === 0 ? 2 : 6} />
        {estimated > 0n && <Estimate low={nano(estimated)} className="ml-2 font-normal" />}
        {unknown > 0 && <UnknownCost count={unknown} short className="ml-2 font-normal" />}
        {running > 0 && <UnknownCost count={running} kind="running" className="ml-2 font-normal" />}
      </Figure>
      <Figure label={t('presets.answers')}>{count(runs)}</Figure>
      <Figure label={t('presets.perAnswer')}>
        {each === null ? none : <Estimate low={each} bare />}
      </Figure>
      <Figure label={t('presets.wasted')}>
        {wastedPermille === null ? none : percent(wastedPermille / 1000, 1)}
      </Figure>
    </dl>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex-1 border-l border-line-soft px-4 py-2 whitespace-nowrap first:border-0 first:pl-0 compact:px-3">
      <dt className="text-11 text-text-3">{label}</dt>
      <dd className="figures flex items-center font-semibold">{children}</dd>
    </div>
  );
}
