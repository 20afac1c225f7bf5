import { create } from 'zustand';

interface RequestState {
  readonly asked: boolean;
}

/** Whether the dialog of imports is asked for. */
export const useImportRequest = create<RequestState>()(() => ({ asked: false }));

/** Asks which file is to be imported. */
export function askImport(): void {
  useImportRequest.setState({ asked: true });
}

export function leaveImport(): void {
  useImportRequest.setState({ asked: false });
}
