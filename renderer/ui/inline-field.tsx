import { useLayoutEffect, useRef, useState } from 'react';

export interface InlineFieldProps {
  /** The accessible name. */
  label: string;
  value: string;
  maxLength: number;
  /** The new value, or null when it stays as it is. */
  onDone: (value: string | null) => void;
  className: string;
}

/** A text that is being changed where it stands. Enter and leaving keep what was typed, Esc does not. */
export function InlineField({ label, value, maxLength, onDone, className }: InlineFieldProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  useLayoutEffect(() => {
    const take = () => {
      const field = input.current;
      // Selecting once more would let the next letter replace those typed meanwhile.
      if (!field || field === document.activeElement) return;
      field.focus();
      field.select();
    };
    take();
    // A menu that is closing takes the focus back once more.
    const frame = requestAnimationFrame(take);
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (keep: boolean) => {
    if (finished.current) return;
    finished.current = true;
    const trimmed = text.trim();
    onDone(keep && trimmed !== '' && trimmed !== value ? trimmed : null);
  };
  return (
    <input
      ref={input}
      type="text"
      dir="auto"
      aria-label={label}
      value={text}
      maxLength={maxLength}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        // Keys of a list or of the thread around it mean nothing while one types.
        event.stopPropagation();
        // These keys may only end what an input method composes.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
      className={className}
    />
  );
}
