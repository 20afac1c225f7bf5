import type { PointerEvent } from 'react';
import { cx } from './class-names';

export interface SliderProps {
  /** From 0 to 1. */
  share: number;
  /** Nothing is set; the thumb shows where it would begin. */
  unset: boolean;
  disabled?: boolean;
  /** Marks another place on it, from 0 to 1. */
  tick?: number | null;
  onChange: (share: number) => void;
}

/**
 * A bar to drag, beside the number field that it belongs to. Keyboards and screen readers use the field,
 * so that each number is one stop and has its name once.
 */
export function Slider({ share, unset, disabled = false, tick = null, onChange }: SliderProps) {
  const take = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onChange(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };
  const place = percentage(share);
  return (
    <div
      aria-hidden="true"
      className={cx('relative h-6 w-[88px] flex-none touch-none', disabled && 'opacity-50')}
      onPointerDown={(event) => {
        if (disabled || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        take(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) take(event);
      }}
    >
      <div className="absolute inset-x-0 top-[11px] h-0.5 rounded-full bg-line-strong" />
      {!unset && (
        <div className="absolute top-[11px] left-0 h-0.5 bg-text-2" style={{ width: place }} />
      )}
      {tick !== null && (
        <div
          className="absolute top-[7px] -ml-px h-2.5 w-0.5 rounded-full bg-accent"
          style={{ left: percentage(tick) }}
        />
      )}
      <div
        className={cx(
          'absolute top-1.5 -ml-1.5 size-3 rounded-full bg-surface',
          unset ? 'border border-dashed border-line-control' : 'border-2 border-text-2',
        )}
        style={{ left: place }}
      />
    </div>
  );
}

function percentage(share: number): string {
  return `${Math.min(1, Math.max(0, share)) * 100}%`;
}
