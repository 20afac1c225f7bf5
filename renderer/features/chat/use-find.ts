import { useEffect, useState } from 'react';
import type { Message } from '../../../shared/contract/conversation';
import { type FindHit, firstFrom, folded, hitsIn, MOST_HITS, shownAgain } from './find-hits';

/** How long one stretch of searching may keep the page, in milliseconds. */
const STRETCH_MS = 8;
const PAUSE_MS = 80;

export interface Find {
  readonly hits: readonly FindHit[];
  /** The hit that is shown, by its place; -1 when there is none. */
  readonly at: number;
  readonly searching: boolean;
  /** To the next hit or the one before, around the end. */
  readonly step: (by: 1 | -1) => void;
}

interface Result {
  /** What was looked for. */
  readonly words: string;
  readonly hits: readonly FindHit[];
  readonly at: number;
  readonly searching: boolean;
}

const NOTHING: Result = { words: '', hits: [], at: -1, searching: false };

/**
 * Looks for words in the stored messages, a little at a time so that typing stays smooth. `from` is the
 * row to begin at.
 */
export function useFind(messages: readonly Message[], typed: string, from: () => number): Find {
  const [result, setResult] = useState(NOTHING);
  useEffect(() => {
    const words = folded(typed);
    if (words.trim() === '') {
      setResult(NOTHING);
      return;
    }
    setResult((before) => ({ ...before, searching: true }));
    let timer: ReturnType<typeof setTimeout>;
    const hits: FindHit[] = [];
    let row = 0;
    const search = () => {
      const end = performance.now() + STRETCH_MS;
      while (row < messages.length && hits.length < MOST_HITS && performance.now() < end) {
        const message = messages[row];
        if (message) hits.push(...hitsIn(message, row, words));
        row += 1;
      }
      if (row < messages.length && hits.length < MOST_HITS) {
        timer = setTimeout(search);
        return;
      }
      const first = { hits, at: hits.length === 0 ? -1 : firstFrom(hits, from()) };
      // Words that arrive meanwhile take nobody away from the place that was found.
      setResult((before) => {
        const shown = before.words === words ? before.hits[before.at] : undefined;
        return { words, ...(shownAgain(hits, shown) ?? first), searching: false };
      });
    };
    timer = setTimeout(search, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [messages, typed, from]);
  return {
    ...result,
    step: (by) =>
      setResult((now) => {
        const { length } = now.hits;
        return length === 0 ? now : { ...now, at: (now.at + by + length) % length };
      }),
  };
}
