import type { ErrorCode } from '../../shared/errors';

/** What is wrong with the store, as far as the rest of the app must know. */
export type StoreErrorKind =
  | 'corrupt'
  | 'newer'
  | 'older'
  | 'full'
  | 'read_only'
  | 'not_a_folder'
  | 'busy'
  | 'not_found'
  | 'conflict'
  | 'closed'
  | 'crashed'
  | 'logic';

export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}

const KIND_BY_CODE: readonly (readonly [string, StoreErrorKind])[] = [
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR', 'full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_CANTOPEN', 'read_only'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  // Of the system itself, where a file is copied or moved.
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'read_only'],
  ['EACCES', 'read_only'],
  ['EPERM', 'read_only'],
];

/** Names an error of SQLite, or of the file system, by what can be done about it. */
export function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const kind = KIND_BY_CODE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'logic';
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError(kind, message, { cause: error });
}

/** The code under which the page hears of it. */
export const CODE_OF_KIND: Readonly<Record<StoreErrorKind, ErrorCode>> = {
  corrupt: 'store_corrupt',
  newer: 'store_newer',
  // Only the command line meets it: the app brings the file up to date.
  older: 'internal',
  full: 'store_full',
  read_only: 'store_full',
  // Only a start meets it, and tells it in its own words.
  not_a_folder: 'internal',
  busy: 'conflict',
  not_found: 'not_found',
  conflict: 'conflict',
  closed: 'internal',
  crashed: 'internal',
  logic: 'internal',
};
