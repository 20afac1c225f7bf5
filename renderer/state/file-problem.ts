import type { Failure } from '../../shared/errors';

/** The text that says why there is no file. */
export function fileProblemKey({ reason }: Failure) {
  switch (reason) {
    case 'disk_full':
      return 'usageFile.problems.diskFull';
    case 'not_allowed':
      return 'usageFile.problems.notAllowed';
    case 'no_folder':
      return 'usageFile.problems.noFolder';
    default:
      return 'usageFile.problems.notWritten';
  }
}
