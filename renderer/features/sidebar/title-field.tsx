import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_TITLE_LENGTH } from '../../../shared/contract/conversation';

export interface TitleFieldProps {
  title: string;
  /** The new title, or null when it stays as it is. */
  onDone: (title: string | null) => void;
}

/** The title of a row while it is being changed. Enter and leaving keep it, Esc does not. */
export function TitleField({ title, onDone }: TitleFieldProps) {
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
      aria-label={t('sidebar.title')}
      value={text}
      maxLength={MAX_TITLE_LENGTH}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) finish(true);
        if (event.key === 'Escape') finish(false);
      }}
      className="h-8 w-full rounded-2 border border-line-control bg-surface px-[7px]"
    />
  );
}
