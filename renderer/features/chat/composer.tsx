import './composer.css';
import { ArrowUp } from 'lucide-react';
import { type ReactNode, useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../../shared/chat-settings';
import type { Message } from '../../../shared/contract/conversation';
import type { Preset } from '../../../shared/contract/preset';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/run';
import { TAKES_FILES } from '../../../shared/dropped-file';
import type { Failure } from '../../../shared/errors';
import type { AttachmentId } from '../../../shared/ids';
import { useCommand } from '../../state/commands';
import { useUsableMark } from '../../state/usable';
import { cx } from '../../ui/class-names';
import { AttachButton } from './attach-button';
import { AttachedBar } from './attached-bar';
import { attachedFiles, attachmentIds, isAdding } from './attached-items';
import { type BoxHandle, ComposerBox } from './composer-box';
import { ComposerFoot } from './composer-foot';
import type { ComposingKey } from './composing';
import { flushDraft } from './draft-keeper';
import { failureTitle } from './failure-text';
import { InspectButton } from './inspect-button';
import type { Previewed } from './inspect-request';
import { MAX_QUEUED } from './queue';
import { QueueList } from './queue-list';
import { SlashCommands } from './slash-commands';
import { lengthOfFiles, withFiles } from './text-files';
import type { Asked } from './use-asked';
import { useAttached } from './use-attached';
import { useFileDrop } from './use-file-drop';
import { useMessageHistory } from './use-message-history';
import { useQueue } from './use-queue';
import { useSending } from './use-sending';
import { lineId, useSlash } from './use-slash';
import { useWhenReady } from './use-when-ready';
import { useWritingSettings } from './use-writing-settings';
import { saysSomething, useWritten, type WrittenText } from './written-text';

export interface ComposerProps {
  /** What stands in it belongs to this. */
  of: ComposingKey;
  /** The words in it. */
  written: WrittenText;
  /** What was said before. */
  messages: readonly Message[];
  settings: ChatSettings;
  /** Whom the sentences about a failure name. */
  connectionName: string;
  asked: Asked;
  running: boolean;
  /** Main has not told yet what is so; what is to be sent waits for that. */
  starting?: boolean;
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
  const { of, written, asked, running, hindrance, messages, settings, onSend, onStop } = props;
  const { starting = false } = props;
  const { t } = useTranslation();
  const box = useRef<BoxHandle>(null);
  const attached = useAttached(of);
  const { items } = attached;
  const [queue, changeQueue] = useQueue(of);
  const history = useMessageHistory(of, messages);
  const sending = useSending({ of, written, box, attached, history, changeQueue, onSend });
  const slash = useSlash(written);
  const dropping = useFileDrop(attached.add);
  const { sendKey, spellCheck } = useWritingSettings();
  const hasWords = useWritten(written, saysSomething);
  // Their names and fences go along too.
  const filesLength = useMemo(() => lengthOfFiles(attachedFiles(items)), [items]);
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

  const something =
    hasWords || items.some(({ state }) => state.kind === 'image' || state.kind === 'text');
  const full = running && queue.messages.length >= MAX_QUEUED;
  const reason =
    hindrance ??
    (tooLong ? t('composer.tooLong') : full && something ? t('composer.queue.full') : null);
  const sendable = reason === null && !sending.busy && something;
  const soon = starting || isAdding(items);
  const possible = sendable && !soon;
  const send = () => {
    if (running) sending.queueUp();
    else void sending.send();
  };
  // Whoever waits for a file that cannot go along is told so before anything is sent without it.
  const spoilt = items.filter(({ state }) => state.kind === 'refused').length;
  const submit = useWhenReady({ wanted: sendable, ready: !soon, spoilt }, send);

  const problem = sending.notSent ?? props.problem;
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
        onEdit={sending.edit}
        onRemove={(key) => changeQueue({ type: 'removed', key })}
        onSendNow={props.onSendNow}
      />
      <form
        className={cx('composer', dropping && 'composer-drop')}
        data-drop={t('composer.drop')}
        {...{ [TAKES_FILES]: '' }}
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
          onWrite={sending.write}
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
