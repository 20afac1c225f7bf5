import { useDeferredValue, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import { messageTokens } from '../../../shared/history-window';
import { Estimate } from '../../ui/estimate';
import { turnEstimate, turnOf } from './next-turn';
import type { Asked } from './use-asked';
import { tokensBefore } from './use-estimate';
import { useMultiplierText } from './use-multiplier-text';

export interface EditPriceProps {
  asked: Asked;
  settings: ChatSettings;
  messages: readonly Message[];
  /** The message that is changed, and its words so far. */
  message: Message;
  text: string;
}

/** About what it costs to send a message as it was changed, and what multiplies that. */
export function EditPrice({ asked, settings, messages, message, text }: EditPriceProps) {
  const { t } = useTranslation();
  const { short } = useMultiplierText();
  const { want, multiplier } = asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, the list is read in the background
  useEffect(want, []);
  const words = useDeferredValue(text);
  const before = useMemo(() => {
    const at = messages.findIndex(({ id }) => id === message.id);
    return tokensBefore(at === -1 ? messages : messages.slice(0, at), settings);
  }, [messages, message.id, settings]);
  const typed = useMemo(
    () => messageTokens(words, message.images.length),
    [words, message.images.length],
  );
  const price = turnEstimate(turnOf(asked), before + typed);
  const times = short(multiplier);
  if (times === null && price === null) return null;
  return (
    <span className="figures whitespace-nowrap text-text-2">
      {times}
      {times !== null && price !== null && t('composer.price.comma')}
      {price !== null && <Estimate low={price.low} high={price.high} />}
    </span>
  );
}
