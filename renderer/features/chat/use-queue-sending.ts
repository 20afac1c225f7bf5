import { useCallback, useEffect } from 'react';
import type { AttachmentId, ConversationId } from '../../../shared/ids';
import { useComposing } from './composing';
import { advanceQueue, sendQueueWith, watchAnswers } from './queue-runner';
import { withFiles } from './text-files';

/**
 * Has the messages that wait in a conversation be sent like those that are sent from its composer, also
 * after it was left. Gives what sends one of them now.
 */
export function useQueueSending(
  id: ConversationId,
  send: (text: string, images: AttachmentId[]) => Promise<boolean>,
  stop: () => void,
): (key: number) => void {
  useEffect(() => {
    sendQueueWith(id, async ({ text, files, images }) => {
      await send(
        withFiles(text, files),
        images.map((image) => image.id),
      );
    });
  });
  useEffect(watchAnswers, []);
  return useCallback(
    (key) => {
      useComposing.getState().changeQueue(id, { type: 'wanted', key });
      stop();
      void advanceQueue(id);
    },
    [id, stop],
  );
}
