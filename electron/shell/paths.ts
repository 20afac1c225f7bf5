import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { app } from 'electron';
import { StoreError } from '../store/errors';

/** Where the app keeps what is the user's. */
export interface Paths {
  readonly data: string;
  readonly store: string;
  readonly keys: string;
  /** The files that messages carry. */
  readonly attachments: string;
  /** Copies of the store. */
  readonly backups: string;
  /** What was read of files and is not written yet. */
  readonly imports: string;
  readonly window: string;
  readonly logs: string;
  /** Why nothing can be kept there; null when all is well. */
  readonly problem: StoreError | null;
}

/**
 * The data folder: the system's own place for the app's data, or `SLICE_DATA_DIR`, with which tests and
 * portable installations choose another: a full path, or one from where the app is started.
 */
function dataFolder(): string {
  const { SLICE_DATA_DIR: chosen } = process.env;
  // Electron takes full paths only.
  return chosen ? resolve(chosen) : app.getPath('userData');
}

const STORE = 'slice.db';

/** The file of the store, which need not be there. Nothing is made. */
export function storeFile(): string {
  return join(dataFolder(), STORE);
}

/**
 * The folder that the app was started from. Where that is gone no thread could start, so the app goes to the
 * root of the disk then.
 */
export function startFolder(): string {
  try {
    return process.cwd();
  } catch {
    process.chdir(parse(process.execPath).root);
    return process.cwd();
  }
}

/** The data folder and what is in it; made where it is not there and can be. */
export function makePaths(): Paths {
  const data = dataFolder();
  const logs = join(data, 'logs');
  const problem = makeFolders(data, logs);
  // Chromium starts only where it can write; what it writes there then is of no worth.
  const own = problem ? passingFolder() : data;
  if (own !== app.getPath('userData')) app.setPath('userData', own);
  if (!problem) app.setAppLogsPath(logs);
  return {
    data,
    store: join(data, STORE),
    keys: join(data, 'keys.json'),
    attachments: join(data, 'attachments'),
    backups: join(data, 'backups'),
    imports: join(data, 'imports'),
    window: join(data, 'window.json'),
    logs,
    problem,
  };
}

function makeFolders(data: string, logs: string): StoreError | null {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    // Rights do not tell it: a whole disk may be for reading only.
    rmdirSync(mkdtempSync(join(data, '.writable-')));
    mkdirSync(logs, { recursive: true });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const kind = isFile(data) ? 'not_a_folder' : NO_ROOM.has(code) ? 'full' : 'read_only';
    // Its message names the path, which is told apart from it.
    return new StoreError(kind, code, { cause: error });
  }
}

const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function passingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slice-'));
  app.on('quit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of the app itself, beside the built main program. */
export function builtFile(...names: string[]): string {
  return join(import.meta.dirname, '..', ...names);
}
