import { startTransition, useEffect, useState } from 'react';
import { LONGEST_PAGE } from './code-pages';
import type { HighlightedLine, HighlightReply, HighlightRequest } from './highlight-worker';
import { hasLineOver } from './long-lines';

export type { HighlightedLine } from './highlight-worker';

/** Longer code stays without colours. */
const LONGEST_CODE = 100_000;
/** Coloured code kept for when it is drawn again. */
const KEPT_CHARACTERS = 1_000_000;

/** Coloured code, so much of it that its characters together are not more than `most`; the oldest goes. */
export class KeptCode {
  readonly #lines = new Map<string, readonly HighlightedLine[]>();
  readonly #most: number;
  #characters = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): readonly HighlightedLine[] | undefined {
    return this.#lines.get(key);
  }

  keep(key: string, lines: readonly HighlightedLine[]): void {
    // The same code may stand on the screen twice.
    if (this.#lines.has(key)) return;
    this.#lines.set(key, lines);
    this.#characters += key.length;
    for (const oldest of this.#lines.keys()) {
      if (this.#characters <= this.#most) return;
      this.#lines.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}

const kept = new KeptCode(KEPT_CHARACTERS);
const asked = new Map<number, (lines: readonly HighlightedLine[] | null) => void>();
let lastId = 0;
let worker: Worker | null = null;

function colouring(): Worker {
  if (worker) return worker;
  const made = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  worker = made;
  made.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) => {
    asked.get(data.id)?.(data.lines);
    asked.delete(data.id);
  });
  made.addEventListener('error', () => {
    if (worker !== made) return;
    // One that could not be loaded never answers; what comes next is asked of a new one.
    worker = null;
    made.terminate();
    for (const reply of asked.values()) reply(null);
    asked.clear();
  });
  return made;
}

/** Colours code; null where its language is not known or the worker failed. */
export function highlight(
  code: string,
  language: string,
): Promise<readonly HighlightedLine[] | null> {
  return new Promise((resolve) => {
    lastId += 1;
    asked.set(lastId, resolve);
    colouring().postMessage({ id: lastId, code, language } satisfies HighlightRequest);
  });
}

/** A line that has to be folded has no colours either. */
function isColoured(code: string): boolean {
  return code.length <= LONGEST_CODE && !hasLineOver(code, LONGEST_PAGE);
}

/** The coloured lines of a complete code, when they are ready; null before and where there are none. */
export function useHighlight(
  code: string,
  language: string,
  complete: boolean,
): readonly HighlightedLine[] | null {
  const wanted = complete && language !== '' && code !== '' && isColoured(code);
  const key = wanted ? `${language}\n${code}` : '';
  const [result, setResult] = useState<{ key: string; lines: readonly HighlightedLine[] | null }>();
  useEffect(() => {
    if (key === '' || kept.get(key)) return;
    let gone = false;
    void highlight(code, language).then((lines) => {
      if (lines) kept.keep(key, lines);
      if (!gone) startTransition(() => setResult({ key, lines }));
    });
    return () => {
      gone = true;
    };
  }, [key, code, language]);
  if (key === '') return null;
  return kept.get(key) ?? (result?.key === key ? result.lines : null);
}
