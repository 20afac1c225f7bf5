import { useEffect, useRef, useState } from 'react';
import type { UsageOrder, UsageWritten } from '../../../shared/contract/usage-file';
import type { Failure } from '../../../shared/errors';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';

/** How far a file is. `asking`: for the place where it is to stand. */
export type ExportState =
  | { readonly step: 'choosing' }
  | { readonly step: 'asking' }
  | { readonly step: 'writing'; readonly rows: number; readonly of: number }
  | { readonly step: 'failed'; readonly failure: Failure };

export interface Export {
  readonly state: ExportState;
  readonly start: (order: UsageOrder) => Promise<void>;
  /** Gives the file up; nothing of it stays. */
  readonly cancel: () => void;
}

/** Writes one file at a time; what is shown no more is given up. */
export function useExport(
  onSaved: (saved: UsageWritten & { readonly id: number }) => void,
): Export {
  const [state, setState] = useState<ExportState>({ step: 'choosing' });
  const running = useRef<AbortController | null>(null);
  const cancel = () => running.current?.abort();
  useEffect(() => () => running.current?.abort(), []);
  const start = async (order: UsageOrder) => {
    const aborting = new AbortController();
    const { signal } = aborting;
    running.current = aborting;
    setState({ step: 'asking' });
    try {
      for await (const event of await client.usageFiles.save(order, { signal })) {
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
