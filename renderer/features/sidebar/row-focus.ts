import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';

export type Move = 'next' | 'previous' | 'first' | 'last';

/** A row of a virtual list; only some take the focus. */
interface Row {
  readonly key: string;
  readonly kind: string;
}

export interface RowFocus {
  /** The row that Tab stops at. */
  readonly key: string | null;
  /** Rows that must exist although they are out of view. */
  readonly mounted: readonly number[];
  readonly set: (key: string) => void;
  /** Moves the focus and tells to which row; null: there is none further on. */
  readonly move: (to: Move) => string | null;
  /** Focuses a row again after something else had the focus. */
  readonly restore: (key: string) => void;
  /** Goes to a neighbour, because this row is about to leave. */
  readonly leave: (key: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const KEYS: Readonly<Record<string, Move>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};

/** The move a key stands for; null when it stands for none. */
export function moveOf(event: KeyboardEvent): Move | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  return KEYS[event.key] ?? null;
}

interface RowFocusOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly virtual: RefObject<VirtualizerHandle | null>;
  /** Where Tab stops as long as no row had the focus. */
  readonly first: string | null;
  /** The arrow up on the first row. */
  readonly onLeave?: () => void;
}

/**
 * Moves the focus through the rows of a virtual list: one stop for Tab, arrow keys within. What takes
 * the focus of a row carries its key as `data-row`.
 */
export function useRowFocus(
  rows: readonly Row[],
  { scroller, virtual, first, onLeave }: RowFocusOptions,
): RowFocus {
  const [chosen, setChosen] = useState<string | null>(null);
  const stops = rows.flatMap((row, index) => (row.kind === 'heading' ? [] : [index]));
  const indexOf = (key: string | null) => rows.findIndex((row) => row.key === key);
  const candidates = [indexOf(chosen), indexOf(first), stops[0] ?? -1];
  const index = candidates.find((candidate) => candidate >= 0) ?? -1;

  const focusAt = (target: number): string | null => {
    const row = rows[target];
    if (!row || row.kind === 'heading') return null;
    setChosen(row.key);
    virtual.current?.scrollToIndex(target, { align: 'nearest' });
    // The row is there one frame after the list has scrolled to it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const link = scroller.current?.querySelector(`[data-row="${row.key}"]`);
        if (link instanceof HTMLElement) link.focus({ preventScroll: true });
      }),
    );
    return row.key;
  };

  const move = (to: Move): string | null => {
    const at = stops.indexOf(index);
    if (to === 'previous' && at === 0 && onLeave) {
      onLeave();
      return null;
    }
    const target = {
      next: stops[Math.min(at + 1, stops.length - 1)],
      previous: stops[Math.max(at - 1, 0)],
      first: stops[0],
      last: stops.at(-1),
    }[to];
    return target === undefined ? null : focusAt(target);
  };

  return {
    key: rows[index]?.key ?? null,
    mounted: index < 0 ? [] : [index],
    set: setChosen,
    move,
    restore: (key) => focusAt(indexOf(key)),
    leave: (key) => {
      const at = stops.indexOf(indexOf(key));
      const neighbour = stops[at + 1] ?? stops[at - 1];
      if (neighbour !== undefined) focusAt(neighbour);
    },
    onKeyDown: (event) => {
      const to = moveOf(event);
      if (to === null || event.shiftKey) return;
      event.preventDefault();
      move(to);
    },
  };
}
