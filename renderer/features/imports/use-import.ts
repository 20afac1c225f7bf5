import { useEffect, useRef, useState } from 'react';
import type {
  ImportReadEvent,
  ImportWriteEvent,
  KnownChoice,
} from '../../../shared/contract/import';
import type { Failure } from '../../../shared/errors';
import { client } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';

export type FoundFile = Extract<ImportReadEvent, { type: 'found' }>;
type Reading = Extract<ImportReadEvent, { type: 'reading' }>;
type Writing = Extract<ImportWriteEvent, { type: 'writing' }>;
export type WrittenFile = Extract<ImportWriteEvent, { type: 'written' }> & { readonly id: number };

/** How far an import is. `asking`: for the file. */
export type ImportState =
  | { readonly step: 'choosing'; readonly failure: Failure | null }
  | { readonly step: 'asking' }
  | { readonly step: 'reading'; readonly at: Reading }
  | { readonly step: 'found'; readonly found: FoundFile }
  | { readonly step: 'writing'; readonly found: FoundFile; readonly at: Writing | null };

export interface Import {
  readonly state: ImportState;
  readonly choose: () => Promise<void>;
  /** Reads the file that the system has handed over. */
  readonly takeHanded: () => Promise<void>;
  readonly write: (found: FoundFile, known: KnownChoice) => Promise<void>;
  /** Gives up what goes on; nothing of it stays. */
  readonly cancel: () => void;
}

const CHOOSING: ImportState = { step: 'choosing', failure: null };

/** Has main read a file and write what was found; what is shown no more is given up. */
export function useImport(onWritten: (written: WrittenFile) => void): Import {
  const [state, setState] = useState<ImportState>(CHOOSING);
  const running = useRef<AbortController | null>(null);
  const waiting = useRef<number | null>(null);
  const forget = () => {
    const id = waiting.current;
    waiting.current = null;
    // Main forgets it at its end at the latest.
    if (id !== null) client.imports.forget({ id }).catch(() => undefined);
  };
  const cancel = () => {
    running.current?.abort();
    forget();
  };
  const latest = useRef(cancel);
  latest.current = cancel;
  useEffect(() => () => latest.current(), []);
  const begin = () => {
    running.current = new AbortController();
    return running.current.signal;
  };
  const read = async (route: typeof client.imports.read) => {
    forget();
    const signal = begin();
    setState({ step: 'asking' });
    let found: FoundFile | null = null;
    try {
      for await (const event of await route(undefined, { signal })) {
        if (event.type === 'found') found = event;
        else setState({ step: 'reading', at: event });
      }
      if (found) waiting.current = found.id;
      setState(found ? { step: 'found', found } : CHOOSING);
    } catch (error) {
      setState(signal.aborted ? CHOOSING : { step: 'choosing', failure: failureOf(error) });
    }
  };
  const write = async (found: FoundFile, known: KnownChoice) => {
    const signal = begin();
    waiting.current = null;
    setState({ step: 'writing', found, at: null });
    try {
      const { id } = found;
      for await (const event of await client.imports.write({ id, known }, { signal })) {
        if (event.type === 'written') onWritten({ ...event, id });
        else setState({ step: 'writing', found, at: event });
      }
      setState(CHOOSING);
    } catch (error) {
      setState(signal.aborted ? CHOOSING : { step: 'choosing', failure: failureOf(error) });
    }
  };
  const choose = () => read(client.imports.read);
  const takeHanded = () => read(client.imports.readHanded);
  return { state, choose, takeHanded, write, cancel };
}
