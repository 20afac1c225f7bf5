import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useLocation } from 'wouter';
import type { ConversationRow } from './conversation-rows';

export type Move = 'next' | 'previous' | 'first' | 'last';

export interface RowFocus {
  /** The row that Tab stops at. */
  readonly key: string | null;
  /** Rows that must exist although they are out of view. */
  readonly mounted: readonly number[];
  readonly set: (key: string) => void;
  readonly move: (to: Move) => void;
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

/** Moves the focus through the rows of a virtual list: one stop for Tab, arrow keys within. */
export function useRowFocus(
  rows: readonly ConversationRow[],
  scroller: RefObject<HTMLElement | null>,
  virtual: RefObject<VirtualizerHandle | null>,
): RowFocus {
  const [path] = useLocation();
  const [chosen, setChosen] = useState<string | null>(null);
  const stops = rows.flatMap((row, index) => (row.kind === 'conversation' ? [index] : []));
  const indexOf = (key: string | null) => rows.findIndex((row) => row.key === key);
  const open = `conversation ${path.split('/')[2]}`;
  const candidates = [indexOf(chosen), indexOf(open), stops[0] ?? -1];
  const index = candidates.find((candidate) => candidate >= 0) ?? -1;

  const focusAt = (target: number) => {
    const row = rows[target];
    if (row?.kind !== 'conversation') return;
    setChosen(row.key);
    virtual.current?.scrollToIndex(target, { align: 'nearest' });
    // The row is there one frame after the list has scrolled to it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const link = scroller.current?.querySelector(`[data-conversation="${row.item.id}"]`);
        if (link instanceof HTMLElement) link.focus({ preventScroll: true });
      }),
    );
  };

  const move = (to: Move) => {
    const at = stops.indexOf(index);
    const target = {
      next: stops[Math.min(at + 1, stops.length - 1)],
      previous: stops[Math.max(at - 1, 0)],
      first: stops[0],
      last: stops.at(-1),
    }[to];
    if (target !== undefined) focusAt(target);
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
      const to = KEYS[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      move(to);
    },
  };
}
