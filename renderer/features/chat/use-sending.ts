import { type RefObject, useState } from 'react';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId } from '../../../shared/ids';
import { failureOf } from '../../rpc/failure';
import { attachedFiles, attachedImages, attachmentIds } from './attached-items';
import type { BoxHandle } from './composer-box';
import type { ComposingKey } from './composing';
import { flushDraft, nextQueueKey, writeDraft } from './draft-keeper';
import type { QueuedMessage, QueueEvent } from './queue';
import { withFiles } from './text-files';
import { type AttachedState, attachedAgain } from './use-attached';
import type { MessageHistory } from './use-message-history';
import type { WrittenText } from './written-text';

export interface SendingParts {
  readonly of: ComposingKey;
  readonly written: WrittenText;
  readonly box: RefObject<BoxHandle | null>;
  readonly attached: AttachedState;
  readonly history: MessageHistory;
  readonly changeQueue: (event: QueueEvent) => void;
  readonly onSend: (text: string, images: AttachmentId[]) => Promise<boolean>;
}

export interface Sending {
  /** A message is on its way to the store. */
  readonly busy: boolean;
  /** Why the last one was not taken. */
  readonly notSent: Failure | null;
  /** Keeps what was typed. */
  readonly write: (text: string) => void;
  /** Sends what stands in the composer. It comes back when it was not taken. */
  readonly send: () => Promise<void>;
  /** Has it wait for the answer that is on its way. */
  readonly queueUp: () => void;
  /** Takes a waiting message back into the box, before what stands there. */
  readonly edit: (message: QueuedMessage) => void;
}

/** What becomes of the words and files of a composer. */
export function useSending(parts: SendingParts): Sending {
  const { of, written, box, attached, history, changeQueue, onSend } = parts;
  const [notSent, setNotSent] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const write = (text: string) => {
    written.set(text);
    writeDraft(of, text);
  };
  const put = (text: string) => {
    write(text);
    box.current?.replace(text);
  };
  /** Empties the composer; what was being typed before an earlier message was taken comes back. */
  const take = () => {
    const text = written.text;
    const left = history.leave();
    written.set(left);
    box.current?.replace(left);
    return { text, items: attached.take() };
  };
  return {
    busy,
    notSent,
    write,
    async send() {
      setNotSent(null);
      setBusy(true);
      // The box is empty at once; what is written meanwhile must not go with this message.
      const { text, items } = take();
      const back = () => {
        attached.putBack(items);
        put(written.text === '' ? text : `${text}\n${written.text}`);
      };
      try {
        const taken = await onSend(withFiles(text, attachedFiles(items)), attachmentIds(items));
        if (!taken) {
          back();
          return;
        }
        // Until it is in the store the draft holds it.
        writeDraft(of, written.text);
        flushDraft(of);
      } catch (error) {
        setNotSent(failureOf(error));
        back();
      } finally {
        setBusy(false);
      }
    },
    queueUp() {
      const { text, items } = take();
      const images = attachedImages(items);
      const message = { key: nextQueueKey(), text, images, files: attachedFiles(items) };
      changeQueue({ type: 'added', message });
      writeDraft(of, written.text);
    },
    edit({ key, text, images, files }) {
      changeQueue({ type: 'removed', key });
      attached.putBack(attachedAgain(images, files));
      put([text, written.text].filter((part) => part !== '').join('\n\n'));
      box.current?.focus();
    },
  };
}
