import { useEffect, useRef, useState } from 'react';
import { failureOf } from '../rpc/failure';
import { type Problem, problemOfFailure } from './problem';

export interface Saving {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly setProblem: (problem: Problem | null) => void;
  /** Checks and saves; what is wrong becomes `problem`. Nothing happens after `cancel`. */
  readonly run: (work: (signal: AbortSignal) => Promise<unknown>) => Promise<boolean>;
  readonly cancel: () => void;
}

/** One attempt to save at a time, which can be called off. */
export function useSaving(): Saving {
  const attempt = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => () => attempt.current?.abort(), []);

  const run = async (work: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> => {
    const abort = new AbortController();
    attempt.current = abort;
    setBusy(true);
    setProblem(null);
    try {
      await work(abort.signal);
      return !abort.signal.aborted;
    } catch (error) {
      if (!abort.signal.aborted) setProblem(problemOfFailure(failureOf(error)));
      return false;
    } finally {
      if (attempt.current === abort) setBusy(false);
    }
  };
  const cancel = () => {
    attempt.current?.abort();
    attempt.current = null;
    setBusy(false);
  };
  return { busy, problem, setProblem, run, cancel };
}

/**
 * Loads the page anew at an address within it. A secret was typed into this page; after this its
 * memory is gone with it.
 */
export function leaveWithFreshPage(path: string): void {
  location.replace(`#${path}`);
  location.reload();
}
