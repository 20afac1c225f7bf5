import { Gauge as GaugeIcon, HardDrive, type LucideIcon, ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nano } from '../../../shared/money';
import { count, dayAndTime, seconds } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { LeaderRow } from '../../ui/leader-row';
import { Money } from '../../ui/money';
import { Perforation } from '../../ui/perforation';

/** The receipt of the example answer in the provider's guide. */
const SAMPLE = {
  at: new Date(2026, 10, 22, 14, 31).getTime(),
  promptTokens: 13,
  replyTokens: 100,
  firstTokenMs: 610,
  totalMs: 2730,
  provider: 'openrouter',
  model: 'openai/gpt-4o',
  cost: nano(1_878_000n),
} as const;

/** What an answer's receipt looks like, and what else there is. */
export function SampleSlip() {
  const { t } = useTranslation();
  return (
    <aside
      aria-label={t('connect.whatYouGet')}
      className="grid place-items-center border-l border-line bg-surface-side p-8"
    >
      <div>
        <div className="drop-shadow-[0_1px_2px_#10141229]">
          <Slip />
        </div>
        <ul className="mt-6 w-80 text-text-2">
          <Pledge icon={ReceiptText} text={t('connect.promiseReceipt')} />
          <Pledge icon={GaugeIcon} text={t('connect.promiseBudget')} />
          <Pledge icon={HardDrive} text={t('connect.promiseLocal')} />
        </ul>
      </div>
    </aside>
  );
}

function Slip() {
  const { t } = useTranslation();
  const tokens = (tokens: number) => t('connect.tokens', { count: tokens, text: count(tokens) });
  return (
    <div className="torn-edge w-80 rounded-t-3 bg-surface-raised px-6 py-5 text-12">
      <h2 className="text-13 font-semibold">{t('connect.sampleTitle')}</h2>
      <p className="figures text-text-3">
        {t('connect.sampleWhen', { when: dayAndTime(SAMPLE.at) })}
      </p>
      <Perforation className="mt-3 mb-2" />
      <LeaderRow label={t('connect.prompt')}>{tokens(SAMPLE.promptTokens)}</LeaderRow>
      <LeaderRow label={t('connect.reply')}>{tokens(SAMPLE.replyTokens)}</LeaderRow>
      <LeaderRow label={t('connect.firstToken')}>{seconds(SAMPLE.firstTokenMs, 2)}</LeaderRow>
      <LeaderRow label={t('connect.wholeAnswer')}>{seconds(SAMPLE.totalMs, 2)}</LeaderRow>
      <LeaderRow label={t('connect.servedBy')}>{SAMPLE.provider}</LeaderRow>
      <LeaderRow label={t('connect.model')}>{SAMPLE.model}</LeaderRow>
      <Perforation className="mt-3 mb-2" />
      <LeaderRow label={t('connect.costReported')} total>
        <Money amount={SAMPLE.cost} />
      </LeaderRow>
    </div>
  );
}

function Pledge({ icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <li className="flex gap-2 py-1">
      <Icon icon={icon} small className="mt-[3px] text-text-3" />
      {text}
    </li>
  );
}
