import { create } from 'zustand';

interface RequestState {
  readonly asked: boolean;
  /** It is for the file that the system has handed over. */
  readonly handed: boolean;
}

/** Whether the dialog of imports is asked for. */
export const useImportRequest = create<RequestState>()(() => ({ asked: false, handed: false }));

/** Asks which file is to be imported. */
export function askImport(): void {
  useImportRequest.setState({ asked: true });
}

/** Imports the file that the system has handed over. */
export function askHandedImport(): void {
  useImportRequest.setState({ asked: true, handed: true });
}

/** That file is being read. */
export function leaveHanded(): void {
  useImportRequest.setState({ handed: false });
}

/** A file that has come meanwhile has its turn. */
export function leaveImport(): void {
  useImportRequest.setState(({ handed }) => ({ asked: handed }));
}
