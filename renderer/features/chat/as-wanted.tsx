import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/conversation';
import { answerText } from '../../../shared/run-view';
import { RawMessage } from './raw-message';
import { useThreadView } from './thread-view';

export interface AsWantedProps {
  message: Message;
  running: boolean;
  children: ReactNode;
}

/** The answer as it is, or as it was written where that is wanted or drawing it broke the page. */
export function AsWanted({ message, running, children }: AsWantedProps) {
  const { t } = useTranslation();
  const raw = useThreadView((state) => state.raw.has(message.id));
  const broke = useThreadView((state) => state.plain?.has(message.id) ?? false);
  const draw = useThreadView((state) => state.draw);
  if (!broke && (!raw || running)) return children;
  return (
    <>
      {broke && (
        <p className="md-note">
          {t('chat.plainNotice')}{' '}
          <button type="button" className="underline" onClick={() => draw(message.id)}>
            {t('chat.plainDraw')}
          </button>
        </p>
      )}
      <RawMessage text={answerText(message.parts)} />
    </>
  );
}
