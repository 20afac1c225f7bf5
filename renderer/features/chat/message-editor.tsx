import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/conversation';
import { MAX_MESSAGE_LENGTH } from '../../../shared/contract/run';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { composerAction } from './composer-keys';
import { EditingContext } from './editing-context';
import { hasLineOver, LONGEST_WRAPPED } from './long-lines';
import { useThreadView } from './thread-view';

/** The message in a box to be changed. What is sent stands beside the message as it was. */
export function MessageEditor({ message, text }: { message: Message; text: string }) {
  const { t } = useTranslation();
  const editing = useContext(EditingContext);
  const stop = useThreadView((state) => state.stopEditing);
  const keep = useThreadView((state) => state.edit);
  const box = useRef<HTMLTextAreaElement>(null);
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const sendKey = settings?.sendKey ?? 'enter';
  const [words, setWords] = useState(text);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const { current } = box;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
    current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const hindrance = editing?.hindrance ?? null;
  const something = words.trim() !== '' || message.images.length > 0;
  const fits = words.length <= MAX_MESSAGE_LENGTH;
  const possible = editing !== null && hindrance === null && something && fits && !sending;
  const leave = () => {
    stop();
    document.querySelector<HTMLElement>(`[data-message="${message.id}"]`)?.focus();
  };
  const send = async () => {
    if (!possible) return;
    setSending(true);
    setProblem(null);
    try {
      const sent = await editing.send(message, words);
      if (sent) stop();
      else setSending(false);
    } catch (error) {
      setProblem(t('chat.notEdited', { reason: editing.reason(error) }));
      setSending(false);
    }
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      // It leaves the box, and stops no answer.
      event.preventDefault();
      event.stopPropagation();
      leave();
    } else if (composerAction(event.nativeEvent, sendKey) === 'send') {
      event.preventDefault();
      void send();
    }
  };
  const note = problem ?? hindrance ?? (fits ? t('chat.editNote') : t('composer.tooLong'));
  return (
    <form
      className="message-editor"
      aria-label={t('chat.editMessage')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        spellCheck={settings?.spellCheck ?? true}
        aria-label={t('chat.editLabel')}
        value={words}
        disabled={sending}
        data-unwrapped={hasLineOver(words, LONGEST_WRAPPED) || undefined}
        onChange={({ target: { value } }) => {
          setWords(value);
          keep(message.id, value);
        }}
        onKeyDown={press}
      />
      <div className="message-editor-foot">
        <span
          role="status"
          className={problem === null ? 'min-w-0 flex-1 text-text-3' : 'min-w-0 flex-1 text-danger'}
        >
          {note}
        </span>
        {hindrance === null && editing?.price(message, words)}
        <Button size="sm" onClick={leave}>
          {t('chat.editCancel')}
        </Button>
        <Button size="sm" variant="pay" type="submit" disabled={!possible}>
          {t('chat.editSend')}
        </Button>
      </div>
    </form>
  );
}
