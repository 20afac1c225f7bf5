import { placeInWords } from '../../shared/deep-link';
import { fileInWords } from './opened-file';

const SWITCH = '--safe-mode';

/** Whether the app was started without all that could keep it from starting. */
export function isSafeMode(argv: readonly string[]): boolean {
  return argv.includes(SWITCH);
}

/**
 * The arguments with which the app starts anew in safe mode, or without it. `argv` begins with the program. What
 * it was once started to open has been opened.
 */
export function argumentsFor(safeMode: boolean, argv: readonly string[]): string[] {
  const others = argv.slice(1).filter((word) => word !== SWITCH && !isToBeOpened(word));
  return safeMode ? [...others, SWITCH] : others;
}

/** An address or a file that the system hands to the app. */
function isToBeOpened(word: string): boolean {
  const words = ['', word];
  return placeInWords(words) !== null || fileInWords(words, '/') !== null;
}
