/** The attribute of what takes every file itself that is dropped on it. */
export const TAKES_FILES = 'data-takes-files';

/** Whether a file that is dropped elsewhere is one to import conversations from, by its name. */
export function isImported(name: string): boolean {
  return /\.(jsonl?|zip)$/i.test(name) && !name.includes('\0');
}

/** The same of what is held over the window, by its type: names are told with the drop only. */
export function mayBeImported(type: string): boolean {
  return /^application\/(json|zip|x-zip-compressed)$/.test(type);
}
