import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/run';
import type { Failure } from '../../../shared/errors';
import { failureOf } from '../../rpc/failure';
import { useUsableMark } from '../../state/usable';
import { composerAction } from './composer-keys';
import { openDraft } from './drafts';
import { failureTitle } from './failure-text';

export interface ComposerProps {
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
  picker: ReactNode;
  /** Keeps what stands in the box. */
  onSaveDraft: (text: string) => Promise<void>;
  /** Rejects when the message was not taken. */
  onSend: (text: string) => Promise<void>;
  onStop: () => void;
}

/** Where one writes. What is typed stays in here: no key stroke reaches the thread. */
export function Composer(props: ComposerProps) {
  useUsableMark();
  const { running, hindrance, picker, onSend, onStop } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(props.draft);
  const [notSent, setNotSent] = useState<Failure | null>(null);
  const [sending, setSending] = useState(false);
  const [draft] = useState(() => openDraft(props.draft, props.onSaveDraft));

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
  const possible = reason === null && !running && !sending && text.trim() !== '';

  const send = async () => {
    if (!possible) return;
    setNotSent(null);
    setSending(true);
    // The box is empty at once; what is written meanwhile must not go with this message.
    setText('');
    try {
      await onSend(text);
      draft.write(box.current?.value ?? '');
      draft.flush();
    } catch (error) {
      setNotSent(failureOf(error));
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

  const problem = notSent ?? props.problem;
  const names = { name: props.connectionName, model: props.model };
  const note =
    reason ?? (problem && t('composer.notSent', { reason: failureTitle(problem, names, t) }));
  return (
    <form
      className="composer"
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
      />
      <div className="composer-tools">
        {picker}
        <span className="min-w-0 flex-1" />
        {note !== null && (
          <span
            role="status"
            className={problem && !reason ? 'composer-note text-danger' : 'composer-note'}
          >
            {note}
          </span>
        )}
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
            disabled={!possible}
          >
            <ArrowUp aria-hidden="true" size={18} strokeWidth={2} />
          </button>
        )}
      </div>
    </form>
  );
}
