import type { UpdateProblem } from '../../shared/contract/update';

/** A newer version cannot be had, for a reason that can be told. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError';

  constructor(
    readonly problem: UpdateProblem,
    options?: ErrorOptions,
  ) {
    super(problem, options);
  }
}

const NO_ROOM = /^(?:ENOSPC|EDQUOT)$/;
const NO_RIGHT = /^(?:EACCES|EPERM|EROFS|ENOENT|ENOTDIR)$/;
const NOT_A_DESCRIPTION =
  /^ERR_UPDATER_(?:INVALID|CHANNEL_FILE|NO_FILES|NO_CHECKSUM|LATEST_VERSION)/;

/** What to tell of an error of the updater, of Chromium's network or of the file system. */
export function problemOf(error: unknown): UpdateProblem {
  if (error instanceof UpdateError) return error.problem;
  if (!(error instanceof Error)) return 'internal';
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ERR_CHECKSUM_MISMATCH') return 'tampered';
  if (NO_ROOM.test(code)) return 'full';
  if (NO_RIGHT.test(code)) return 'place';
  if (NOT_A_DESCRIPTION.test(code)) return 'metadata';
  // The updater takes what it is told apart unseen.
  if (error instanceof TypeError || error.name === 'YAMLException') return 'metadata';
  const ofNetwork =
    /net::ERR_|^HTTP_ERROR|^E(?:CONN|TIMEDOUT|PIPE|AI_AGAIN|NOTFOUND)/.test(
      `${code} ${error.message}`.trim(),
    ) || /net::ERR_|aborted|cancelled/i.test(error.message);
  return ofNetwork ? 'unreachable' : 'internal';
}
