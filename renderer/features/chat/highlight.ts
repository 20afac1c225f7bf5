import { startTransition, useEffect, useState } from 'react';
import type { HighlightedLine, HighlightReply, HighlightRequest } from './highlight-worker';

export type { HighlightedLine } from './highlight-worker';

/** Longer code stays without colours. */
const LONGEST_CODE = 100_000;
/** Coloured code kept for when it is drawn again. */
const KEPT_CHARACTERS = 1_000_000;

const kept = new Map<string, readonly HighlightedLine[]>();
let keptCharacters = 0;
const asked = new Map<number, (lines: readonly HighlightedLine[] | null) => void>();
let lastId = 0;
let worker: Worker | null = null;

function colouring(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) => {
    asked.get(data.id)?.(data.lines);
    asked.delete(data.id);
  });
  worker.addEventListener('error', () => {
    for (const reply of asked.values()) reply(null);
    asked.clear();
  });
  return worker;
}

function keep(key: string, lines: readonly HighlightedLine[]): void {
  kept.set(key, lines);
  keptCharacters += key.length;
  for (const oldest of kept.keys()) {
    if (keptCharacters <= KEPT_CHARACTERS) return;
    kept.delete(oldest);
    keptCharacters -= oldest.length;
  }
}

function highlight(code: string, language: string): Promise<readonly HighlightedLine[] | null> {
  return new Promise((resolve) => {
    lastId += 1;
    asked.set(lastId, resolve);
    colouring().postMessage({ id: lastId, code, language } satisfies HighlightRequest);
  });
}

/** The coloured lines of a complete code, when they are ready; null before and where there are none. */
export function useHighlight(
  code: string,
  language: string,
  complete: boolean,
): readonly HighlightedLine[] | null {
  const wanted = complete && language !== '' && code !== '' && code.length <= LONGEST_CODE;
  const key = wanted ? `${language}\n${code}` : '';
  const [result, setResult] = useState<{ key: string; lines: readonly HighlightedLine[] | null }>();
  useEffect(() => {
    if (key === '' || kept.has(key)) return;
    let gone = false;
    void highlight(code, language).then((lines) => {
      if (lines) keep(key, lines);
      if (!gone) startTransition(() => setResult({ key, lines }));
    });
    return () => {
      gone = true;
    };
  }, [key, code, language]);
  if (key === '') return null;
  return kept.get(key) ?? (result?.key === key ? result.lines : null);
}
