import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/class-names';
import { keyText, pressedCombination } from '../../ui/key-combination';

interface KeyRecorderProps {
  /** What the keys are for; with them it makes the accessible name. */
  label: string;
  keys: string | null;
  /** Recording began: what was said about the last one no longer holds. */
  onBegin: () => void;
  /** The keys that were pressed; null takes away those that are there. */
  onChoose: (keys: string | null) => void;
}

/** A button that shows keys, and once pressed takes the next ones. Esc and leaving it change nothing. */
export function KeyRecorder({ label, keys, onBegin, onChoose }: KeyRecorderProps) {
  const { t } = useTranslation();
  const [recording, setRecording] = useState(false);
  const shown = keys === null ? t('shortcuts.noKeys') : keyText(keys);

  const press = (event: KeyboardEvent) => {
    if (!recording) return;
    const pressed = pressedCombination(event.nativeEvent);
    // Tab goes on to the next control, as anywhere.
    if (pressed === 'Tab' || pressed === 'Shift+Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed === null) return;
    setRecording(false);
    if (pressed === 'Backspace' || pressed === 'Delete') onChoose(null);
    else if (pressed !== 'Escape') onChoose(pressed);
  };
  return (
    <button
      type="button"
      aria-label={t(recording ? 'shortcuts.pressFor' : 'shortcuts.keysOf', { label, keys: shown })}
      aria-pressed={recording}
      onClick={() => {
        onBegin();
        setRecording(true);
      }}
      onKeyDown={press}
      onBlur={() => setRecording(false)}
      className={cx(
        'figures h-6 w-40 flex-none rounded-1 border bg-surface px-2 text-12',
        recording ? 'border-accent text-accent-text' : 'border-line-control hover:bg-surface-hover',
        !recording && keys === null && 'border-dashed border-line-strong text-text-3',
      )}
    >
      {recording ? t('shortcuts.press') : shown}
    </button>
  );
}
