import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_TITLE_LENGTH } from '../../../shared/contract/conversation';

export interface ConversationTitleProps {
  title: string;
  editing: boolean;
  onEdit: () => void;
  /** The new title, or null when it stays as it is. */
  onDone: (title: string | null) => void;
}

/** The title in the header. A click turns it into a field; Enter and leaving keep, Esc does not. */
export function ConversationTitle({ title, editing, onEdit, onDone }: ConversationTitleProps) {
  if (editing) return <TitleInput title={title} onDone={onDone} />;
  return (
    <h1 className="min-w-0 text-13 font-semibold">
      <button
        type="button"
        className="-mx-1.5 block max-w-[calc(100%+12px)] truncate rounded-1 px-1.5 hover:bg-surface-hover"
        onClick={onEdit}
      >
        {title}
      </button>
    </h1>
  );
}

function TitleInput({ title, onDone }: Pick<ConversationTitleProps, 'title' | 'onDone'>) {
  const { t } = useTranslation();
  const [text, setText] = useState(title);
  const input = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  useEffect(() => {
    // A menu that is closing takes the focus back once more.
    const frame = requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (keep: boolean) => {
    if (finished.current) return;
    finished.current = true;
    const trimmed = text.trim();
    onDone(keep && trimmed !== '' && trimmed !== title ? trimmed : null);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label={t('chat.title')}
      value={text}
      maxLength={MAX_TITLE_LENGTH}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) finish(true);
        if (event.key !== 'Escape') return;
        event.preventDefault();
        finish(false);
      }}
      className="-ml-2.5 h-7 w-full max-w-[480px] rounded-2 border border-line-control bg-surface px-[9px] text-13 font-semibold"
    />
  );
}
