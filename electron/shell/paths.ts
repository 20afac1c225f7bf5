import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** Where the app keeps what is the user's. */
export interface Paths {
  readonly data: string;
  readonly store: string;
  readonly keys: string;
  /** The files that messages carry. */
  readonly attachments: string;
  /** Copies of the store. */
  readonly backups: string;
  readonly window: string;
  readonly logs: string;
}

/**
 * The data folder: the system's own place for the app's data, or `SLICE_DATA_DIR`, with which tests and
 * portable installations choose another.
 */
function dataFolder(): string {
  return process.env.SLICE_DATA_DIR || app.getPath('userData');
}

const STORE = 'slice.db';

/** The file of the store, which need not be there. Nothing is made. */
export function storeFile(): string {
  return join(dataFolder(), STORE);
}

/** The data folder and what is in it; made where it is not there. */
export function makePaths(): Paths {
  const data = dataFolder();
  if (data !== app.getPath('userData')) app.setPath('userData', data);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const logs = join(data, 'logs');
  mkdirSync(logs, { recursive: true });
  app.setAppLogsPath(logs);
  return {
    data,
    store: join(data, STORE),
    keys: join(data, 'keys.json'),
    attachments: join(data, 'attachments'),
    backups: join(data, 'backups'),
    window: join(data, 'window.json'),
    logs,
  };
}

/** A file of the app itself, beside the built main program. */
export function builtFile(...names: string[]): string {
  return join(import.meta.dirname, '..', ...names);
}
