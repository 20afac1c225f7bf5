import { useDeferredValue, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import { answerEstimate, messageEstimate } from '../../../shared/estimate';
import { messageTokens } from '../../../shared/history-window';
import { Estimate } from '../../ui/estimate';
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
  const { want, sources, multiplier } = asked;
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
  const { parameters } = settings;
  const price = messageEstimate(
    sources.map((source) => answerEstimate(source, before + typed, parameters)),
    multiplier.answers * multiplier.votes,
  );
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
