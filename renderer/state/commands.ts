import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { CommandId } from '../../shared/commands';

type Work = () => void;

/** What does a command; the last that came is asked, for a dialog may stand over a page. */
type Workers = Partial<Record<CommandId, readonly { readonly run: Work }[]>>;

const useWorkers = create<Workers>()(() => ({}));

/**
 * Says what a command does for as long as the component is there; null: it is not possible now. Keys,
 * palette, list of shortcuts and native menu all lead here.
 */
export function useCommand(id: CommandId, run: Work | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const possible = run !== null;
  useEffect(() => {
    if (!possible) return;
    const worker = { run: () => latest.current?.() };
    useWorkers.setState((now) => ({ [id]: [...(now[id] ?? []), worker] }));
    return () =>
      useWorkers.setState((now) => ({ [id]: (now[id] ?? []).filter((one) => one !== worker) }));
  }, [id, possible]);
}

/** Does what a command does now. False: it is not possible, and nothing was done. */
export function runCommand(id: CommandId): boolean {
  const worker = useWorkers.getState()[id]?.at(-1);
  worker?.run();
  return worker !== undefined;
}

/** Tells whether a command is possible now; renders again when that changes. */
export function useIsPossible(): (id: CommandId) => boolean {
  const workers = useWorkers();
  return (id) => (workers[id]?.length ?? 0) > 0;
}
