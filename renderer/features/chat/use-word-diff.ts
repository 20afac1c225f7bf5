import { useEffect, useState } from 'react';
import type { DiffRequest } from './diff-worker';
import type { WordDiff } from './word-diff';

export type DiffState =
  | { readonly state: 'comparing' }
  | { readonly state: 'failed' }
  | { readonly state: 'done'; readonly diff: WordDiff };

const COMPARING: DiffState = { state: 'comparing' };

/** The differing words of two texts, found beside the page's own work. */
export function useWordDiff(first: string, second: string): DiffState {
  const [result, setResult] = useState(COMPARING);
  useEffect(() => {
    setResult(COMPARING);
    const worker = new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<WordDiff | null>) => {
      setResult(data ? { state: 'done', diff: data } : { state: 'failed' });
    });
    worker.addEventListener('error', () => setResult({ state: 'failed' }));
    worker.postMessage({ first, second } satisfies DiffRequest);
    return () => worker.terminate();
  }, [first, second]);
  return result;
}
