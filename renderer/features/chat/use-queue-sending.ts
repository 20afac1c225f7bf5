import { useCallback, useEffect } from 'react';
import { FailureError } from '../../../shared/errors';
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
  send: (text: string, images: AttachmentId[], mayAsk: boolean) => Promise<boolean>,
  stop: () => void,
): (key: number) => void {
  useEffect(() => {
    sendQueueWith(id, async ({ text, files, images }, wanted) => {
      const ids = images.map((image) => image.id);
      const sent = await send(withFiles(text, files), ids, wanted);
      if (!sent) throw new FailureError({ code: 'budget_exceeded' });
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
