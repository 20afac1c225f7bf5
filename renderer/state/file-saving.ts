import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/errors';
import { failureOf } from '../rpc/failure';

/** How far a file is. `asking`: for the place where it is to stand. */
export type FileSavingState =
  | { readonly step: 'choosing' }
  | { readonly step: 'asking' }
  | { readonly step: 'writing'; readonly rows: number; readonly of: number }
  | { readonly step: 'failed'; readonly failure: Failure };

type Event<Saved> =
  | { readonly type: 'writing'; readonly rows: number; readonly of: number }
  | ({ readonly type: 'saved' } & Saved);

export interface FileSaving<Order> {
  readonly state: FileSavingState;
  readonly start: (order: Order) => Promise<void>;
  /** Gives the file up; nothing of it stays. */
  readonly cancel: () => void;
}

/** Has main write one file at a time; what is shown no more is given up. */
export function useFileSaving<Order, Saved>(
  save: (order: Order, options: { signal: AbortSignal }) => Promise<AsyncIterable<Event<Saved>>>,
  onSaved: (saved: Saved) => void,
): FileSaving<Order> {
  const [state, setState] = useState<FileSavingState>({ step: 'choosing' });
  const running = useRef<AbortController | null>(null);
  const cancel = () => running.current?.abort();
  useEffect(() => () => running.current?.abort(), []);
  const start = async (order: Order) => {
    const aborting = new AbortController();
    const { signal } = aborting;
    running.current = aborting;
    setState({ step: 'asking' });
    try {
      for await (const event of await save(order, { signal })) {
        if (event.type === 'saved') onSaved(event);
        else setState({ step: 'writing', rows: event.rows, of: event.of });
      }
      setState({ step: 'choosing' });
    } catch (error) {
      setState(
        signal.aborted ? { step: 'choosing' } : { step: 'failed', failure: failureOf(error) },
      );
    }
  };
  return { state, start, cancel };
}
