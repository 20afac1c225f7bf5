import { ArrowUp } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/run';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId } from '../../../shared/ids';
import { failureOf } from '../../rpc/failure';
import { useUsableMark } from '../../state/usable';
import { cx } from '../../ui/class-names';
import { AttachButton } from './attach-button';
import { composerAction } from './composer-keys';
import type { ComposingKey } from './composing';
import type { Multiplier } from './cost-multiplier';
import { openDraft } from './drafts';
import { failureTitle } from './failure-text';
import { ImageBar } from './image-bar';
import { attachmentIds, isAdding } from './image-items';
import { InspectButton } from './inspect-button';
import type { Previewed } from './inspect-request';
import { MultiplierNote } from './multiplier-note';
import { useImageDrop } from './use-image-drop';
import { useImages } from './use-images';

export interface ComposerProps {
  /** Whose images these are. */
  of: ComposingKey;
  /** What stood here when the conversation was last open. */
  draft: string;
  /** Whom the sentences about a failure name. */
  connectionName: string;
  model: string;
  running: boolean;
  /** Why nothing can be sent at present; null when it can. */
  hindrance: string | null;
  /** What went wrong elsewhere with asking for an answer. */
  problem: Failure | null;
  multiplier: Multiplier;
  /** The models that are asked and are known not to see images. */
  blind: readonly string[];
  /** Above the tools: what is asked besides the model of the picker. */
  chips: ReactNode;
  /** At the left of the tools: whom to ask, and with what. */
  tools: ReactNode;
  /** What these words and images would be sent as; null while nobody would get them. */
  preview: (text: string, images: AttachmentId[]) => Previewed | null;
  /** Keeps what stands in the box. */
  onSaveDraft: (text: string) => Promise<void>;
  /** Rejects when the message was not taken. */
  onSend: (text: string, images: AttachmentId[]) => Promise<void>;
  onStop: () => void;
}

/** Where one writes. What is typed stays in here: no key stroke reaches the thread. */
export function Composer(props: ComposerProps) {
  useUsableMark();
  const { running, hindrance, multiplier, onSend, onStop } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(props.draft);
  const [notSent, setNotSent] = useState<Failure | null>(null);
  const [sending, setSending] = useState(false);
  const [draft] = useState(() => openDraft(props.draft, props.onSaveDraft));
  const images = useImages(props.of);
  const dropping = useImageDrop(images.add);
  const priceId = useId();

  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
    window.addEventListener('pagehide', draft.flush);
    return () => {
      window.removeEventListener('pagehide', draft.flush);
      draft.flush();
    };
  }, [draft]);

  const write = (next: string) => {
    setText(next);
    draft.write(next);
  };
  const tooLong = text.length > MAX_MESSAGE_LENGTH;
  const reason = hindrance ?? (tooLong ? t('composer.tooLong') : null);
  const something = text.trim() !== '' || attachmentIds(images.items).length > 0;
  const ready = something && !isAdding(images.items);
  const possible = reason === null && !running && !sending && ready;

  const send = async () => {
    if (!possible) return;
    setNotSent(null);
    setSending(true);
    // The box is empty at once; what is written meanwhile must not go with this message.
    setText('');
    const taken = images.take();
    try {
      await onSend(text, attachmentIds(taken));
      draft.write(box.current?.value ?? '');
      draft.flush();
    } catch (error) {
      setNotSent(failureOf(error));
      images.putBack(taken);
      const meanwhile = box.current?.value ?? '';
      write(meanwhile === '' ? text : `${text}\n${meanwhile}`);
    } finally {
      setSending(false);
    }
  };

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const action = composerAction(event.nativeEvent, running);
    if (action === null) return;
    event.preventDefault();
    if (action === 'send') void send();
    if (action === 'stop') onStop();
  };
  const paste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    // Text that was copied from a document comes with a picture of itself.
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    images.add(files);
  };

  const problem = notSent ?? props.problem;
  const names = { name: props.connectionName, model: props.model };
  const note =
    reason ?? (problem && t('composer.notSent', { reason: failureTitle(problem, names, t) }));
  return (
    <form
      className={cx('composer', dropping && 'composer-drop')}
      data-drop={t('composer.drop')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={box}
        aria-label={t('composer.message')}
        rows={1}
        value={text}
        placeholder={running ? t('composer.placeholderRunning') : t('composer.placeholder')}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
        onPaste={paste}
      />
      <ImageBar items={images.items} blind={props.blind} onRemove={images.remove} />
      {props.chips}
      <div className="composer-tools">
        {props.tools}
        <AttachButton onFiles={images.add} />
        <InspectButton preview={props.preview(text, attachmentIds(images.items))} />
        <span className="min-w-0 flex-1" />
        {note !== null && (
          <span
            role="status"
            className={problem && !reason ? 'composer-note text-danger' : 'composer-note'}
          >
            {note}
          </span>
        )}
        {!running && reason === null && <MultiplierNote multiplier={multiplier} id={priceId} />}
        {running ? (
          <button type="button" className="stop-button" onClick={onStop}>
            <span aria-hidden="true" />
            {t('composer.stop')}
          </button>
        ) : (
          <button
            type="submit"
            className="send-button"
            aria-label={t('composer.send')}
            aria-describedby={priceId}
            disabled={!possible}
          >
            <ArrowUp aria-hidden="true" size={18} strokeWidth={2} />
          </button>
        )}
      </div>
    </form>
  );
}
