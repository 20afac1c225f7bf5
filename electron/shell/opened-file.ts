import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How the names of the files end that the system hands to the app. */
const OURS = /\.slice\.json$/i;
/** A scheme; one letter before a colon is a drive. */
const ADDRESS = /^[a-z][a-z\d+.-]+:/i;
const LONGEST_PATH = 4096;

/**
 * The file of conversations that a command line names; null when it names none. Linux hands over `file:`
 * addresses, the other systems paths. Whether there is such a file is seen when it is read.
 */
export function fileInWords(argv: readonly string[], folder: string): string | null {
  for (const word of argv.slice(1)) {
    const path = pathIn(word, folder);
    if (path !== null) return path;
  }
  return null;
}

function pathIn(word: string, folder: string): string | null {
  if (word.length > LONGEST_PATH || word.startsWith('-') || word.includes('\0')) return null;
  if (!ADDRESS.test(word)) return isOurs(word) ? resolve(folder, word) : null;
  if (!word.startsWith('file:///')) return null;
  try {
    const path = fileURLToPath(word);
    return isOurs(path) && isAbsolute(path) ? path : null;
  } catch {
    return null;
  }
}

/** Whether a path is that of a file of conversations that Slice has written. */
export function isOurs(path: string): boolean {
  return OURS.test(path) && !path.includes('\0');
}
