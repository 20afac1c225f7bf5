import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_SYSTEM_LENGTH } from '../../../shared/chat-settings';
import type { PresetContent } from '../../../shared/contract/preset';
import { type NanoUsd, nano } from '../../../shared/money';
import { estimateTokens } from '../../../shared/token-estimate';
import { contentVariables } from '../../preset/differences';
import { cx } from '../../ui/class-names';
import { count, usd } from '../../ui/format';
import { FieldNote, textBox } from '../../ui/text-field';

interface SystemMessageProps {
  content: PresetContent;
  /** What a million tokens of prompt cost; null where nobody says. */
  price: NanoUsd | null;
  onChange: (system: string) => void;
}

/** What the model is told first, what that takes of each turn, and what is asked for on use. */
export function SystemMessage({ content, price, onChange }: SystemMessageProps) {
  const { t } = useTranslation();
  const id = useId();
  const { system } = content.settings;
  const variables = contentVariables(content);
  return (
    <div className="mb-4">
      <div className="mb-1 flex justify-between gap-2 text-12 text-text-2">
        <label htmlFor={id} className="font-medium">
          {t('parameters.system')}
        </label>
        <SystemCost text={system} price={price} />
      </div>
      <textarea
        id={id}
        rows={2}
        value={system}
        maxLength={MAX_SYSTEM_LENGTH}
        aria-describedby={`${id}-note`}
        placeholder={t('parameters.systemPlaceholder')}
        onChange={(event) => onChange(event.target.value)}
        className={cx(textBox, 'field-sizing-content max-h-80 min-h-[58px] resize-none py-[7px]')}
      />
      <FieldNote
        id={`${id}-note`}
        hint={
          variables.length === 0
            ? t('presets.variables.hint', { example: '{{like_this}}' })
            : t('presets.variables.asked', {
                count: variables.length,
                names: variables.join(t('presets.summary.comma')),
              })
        }
      />
    </div>
  );
}

function SystemCost({ text, price }: { text: string; price: NanoUsd | null }) {
  const { t } = useTranslation();
  if (text.trim() === '') return null;
  const tokens = estimateTokens(text);
  const about = t('presets.tokens', { count: tokens, tokens: count(tokens) });
  const cost = price === null ? null : nano((price * BigInt(tokens)) / 1_000_000n);
  return (
    <span className="figures text-text-3">
      {cost === null ? about : t('presets.tokensCost', { tokens: about, cost: usd(cost, 6) })}
    </span>
  );
}
