import './composer.css';
import { ArrowUp } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import type { Preset } from '../../../shared/contract/preset';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/run';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId } from '../../../shared/ids';
import { failureOf } from '../../rpc/failure';
import { useCommand } from '../../state/commands';
import { useUsableMark } from '../../state/usable';
import { cx } from '../../ui/class-names';
import { AttachButton } from './attach-button';
import { AttachedBar } from './attached-bar';
import { attachedFiles, attachedImages, attachmentIds, isAdding } from './attached-items';
import { type BoxHandle, ComposerBox } from './composer-box';
import { ComposerFoot } from './composer-foot';
import type { ComposingKey } from './composing';
import { beginDraft, flushDraft, nextQueueKey, writeDraft } from './draft-keeper';
import { failureTitle } from './failure-text';
import { InspectButton } from './inspect-button';
import type { Previewed } from './inspect-request';
import { MAX_QUEUED, type QueuedMessage } from './queue';
import { QueueList } from './queue-list';
import { SlashCommands } from './slash-commands';
import { withFiles } from './text-files';
import type { Asked } from './use-asked';
import { attachedAgain, useAttached } from './use-attached';
import { useFileDrop } from './use-file-drop';
import { useMessageHistory } from './use-message-history';
import { useQueue } from './use-queue';
import { lineId, useSlash } from './use-slash';
import { useWritingSettings } from './use-writing-settings';
import { saysSomething, useWritten, WrittenText } from './written-text';

export interface ComposerProps {
  /** What stands in it belongs to this. */
  of: ComposingKey;
  /** What the store has kept of it. */
  draft: string;
  /** What was said before. */
  messages: readonly Message[];
  settings: ChatSettings;
  /** Whom the sentences about a failure name. */
  connectionName: string;
  asked: Asked;
  running: boolean;
  /** Why nothing can be sent at present; null when it can. */
  hindrance: string | null;
  /** What went wrong elsewhere with asking for an answer. */
  problem: Failure | null;
  /** Above the tools: what is asked besides the model of the picker. */
  chips: ReactNode;
  /** At the left of the tools: whom to ask, and with what. */
  tools: ReactNode;
  /** What these words and images would be sent as; null while nobody would get them. */
  preview: (text: string, images: AttachmentId[]) => Previewed | null;
  onPreset: (preset: Preset) => void;
  /** False when it was called off; rejects when the message was not taken. */
  onSend: (text: string, images: AttachmentId[]) => Promise<boolean>;
  onStop: () => void;
  /** Sends this waiting message, and stops what runs before it. */
  onSendNow: (key: number) => void;
}

/** Where one writes. What is typed stays in here: no key stroke reaches the thread. */
export function Composer(props: ComposerProps) {
  useUsableMark();
  const { of, asked, running, hindrance, messages, settings, onSend, onStop } = props;
  const { t } = useTranslation();
  const box = useRef<BoxHandle>(null);
  const [written] = useState(() => new WrittenText(beginDraft(of, props.draft)));
  const [notSent, setNotSent] = useState<Failure | null>(null);
  const [sending, setSending] = useState(false);
  const attached = useAttached(of);
  const { items } = attached;
  const [queue, changeQueue] = useQueue(of);
  const history = useMessageHistory(of, messages);
  const slash = useSlash(written);
  const dropping = useFileDrop(attached.add);
  const { sendKey, spellCheck } = useWritingSettings();
  const hasWords = useWritten(written, saysSomething);
  const filesLength = attachedFiles(items).reduce((sum, { text }) => sum + text.length, 0);
  const tooLong = useWritten(written, (text) => text.length + filesLength > MAX_MESSAGE_LENGTH);
  const priceId = useId();

  useEffect(() => {
    const flush = () => flushDraft(of);
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [of]);
  useCommand('focusMessage', () => box.current?.focus());

  const write = (text: string) => {
    written.set(text);
    writeDraft(of, text);
  };
  const put = (text: string) => {
    write(text);
    box.current?.replace(text);
  };
  const something =
    hasWords || items.some(({ state }) => state.kind === 'image' || state.kind === 'text');
  const full = running && queue.messages.length >= MAX_QUEUED;
  const reason =
    hindrance ??
    (tooLong ? t('composer.tooLong') : full && something ? t('composer.queue.full') : null);
  const possible = reason === null && !sending && something && !isAdding(items);

  /** Empties the composer; what was being typed before an earlier message was taken comes back. */
  const take = () => {
    const text = written.text;
    const left = history.leave();
    written.set(left);
    box.current?.replace(left);
    return { text, items: attached.take() };
  };
  const send = async () => {
    setNotSent(null);
    setSending(true);
    // The box is empty at once; what is written meanwhile must not go with this message.
    const taken = take();
    const back = () => {
      attached.putBack(taken.items);
      const meanwhile = written.text;
      put(meanwhile === '' ? taken.text : `${taken.text}\n${meanwhile}`);
    };
    try {
      const text = withFiles(taken.text, attachedFiles(taken.items));
      if (!(await onSend(text, attachmentIds(taken.items)))) {
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
      setSending(false);
    }
  };
  const queueUp = () => {
    const taken = take();
    const message: QueuedMessage = {
      key: nextQueueKey(),
      text: taken.text,
      images: attachedImages(taken.items),
      files: attachedFiles(taken.items),
    };
    changeQueue({ type: 'added', message });
    writeDraft(of, written.text);
  };
  const submit = () => {
    if (!possible) return;
    if (running) queueUp();
    else void send();
  };
  /** Takes a waiting message back into the box, before what stands there. */
  const edit = ({ key, text, images, files }: QueuedMessage) => {
    changeQueue({ type: 'removed', key });
    attached.putBack(attachedAgain(images, files));
    const typed = written.text;
    put([text, typed].filter((part) => part !== '').join('\n\n'));
    box.current?.focus();
  };

  const problem = notSent ?? props.problem;
  const names = { name: props.connectionName, model: asked.models[0] ?? '' };
  const words =
    reason ?? (problem && t('composer.notSent', { reason: failureTitle(problem, names, t) }));
  const note = words !== null && (
    <span
      role="status"
      className={problem && !reason ? 'composer-note text-danger' : 'composer-note'}
    >
      {words}
    </span>
  );
  const preview = () =>
    props.preview(withFiles(written.text, attachedFiles(items)), attachmentIds(items));
  return (
    <>
      <QueueList
        queue={queue}
        running={running}
        hindered={hindrance !== null}
        connectionName={names.name}
        model={names.model}
        onEdit={edit}
        onRemove={(key) => changeQueue({ type: 'removed', key })}
        onSendNow={props.onSendNow}
      />
      <form
        className={cx('composer', dropping && 'composer-drop')}
        data-drop={t('composer.drop')}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SlashCommands slash={slash} written={written} box={box} onPreset={props.onPreset} />
        <ComposerBox
          ref={box}
          written={written}
          placeholder={running ? t('composer.placeholderRunning') : t('composer.placeholder')}
          sendKey={sendKey}
          spellCheck={spellCheck}
          list={slash.open && { id: slash.open.id, activeId: lineId(slash.open) }}
          onCaret={slash.onCaret}
          onKey={slash.onKey}
          onWrite={write}
          onSend={submit}
          onWalk={(by) => {
            const text = history.walk(written.text, by);
            // What was being typed stays the draft until another text is changed or sent.
            if (text !== null) written.set(text);
            return text;
          }}
          onFiles={attached.add}
        />
        <AttachedBar items={items} blind={asked.blind} onRemove={attached.remove} />
        <ComposerFoot
          written={written}
          items={items}
          messages={messages}
          settings={settings}
          asked={asked}
          priceId={priceId}
          note={note || (running && !something ? <span /> : null)}
          chips={props.chips}
          tools={
            <>
              {props.tools}
              <AttachButton onFiles={attached.add} />
              <InspectButton preview={preview} disabled={asked.models.length === 0} />
            </>
          }
          buttons={
            running ? (
              <>
                {something && (
                  <button
                    type="submit"
                    className="queue-button"
                    disabled={!possible}
                    aria-describedby={priceId}
                    title={t('composer.queue.addHint')}
                  >
                    {t('composer.queue.add')}
                  </button>
                )}
                <button type="button" className="stop-button" onClick={onStop}>
                  <span aria-hidden="true" />
                  {t('composer.stop')}
                </button>
              </>
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
            )
          }
        />
      </form>
    </>
  );
}
