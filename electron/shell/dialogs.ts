import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dialog, shell } from 'electron';
import { FailureError } from '../../shared/errors';
import { mainText } from './text';

/** Lets the user choose a file of certificates; null when they did not. */
export async function chooseCaFile(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: mainText('caFile.title'),
    properties: ['openFile'],
    filters: [
      { name: mainText('caFile.certificates'), extensions: ['pem', 'crt', 'cer'] },
      { name: mainText('caFile.allFiles'), extensions: ['*'] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The largest file that is read as text, in bytes. */
const MAX_TEXT_BYTES = 20 * 1024 * 1024;

/** Lets the user choose where a file is to stand; null when they did not. */
export async function choosePlace(name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: fileName(name) });
  return canceled || filePath === '' ? null : filePath;
}

/** Lets the user choose a file of conversations; null when they did not. */
export async function chooseConversations(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openFile'],
    filters: [
      { name: 'JSON, ZIP', extensions: ['json', 'jsonl', 'zip'] },
      { name: mainText('caFile.allFiles'), extensions: ['*'] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Shows a file in the system's own window of files. */
export function showFile(path: string): void {
  shell.showItemInFolder(path);
}

/** Opens a folder in the system's own window of files; the one around it when it is no folder. */
export function showFolder(path: string): void {
  void shell.openPath(path).then((problem) => {
    if (problem !== '') shell.showItemInFolder(path);
  });
}

/** Lets the user choose where, then writes a text there; its path, or null when they did not choose. */
export async function saveFile(name: string, text: string): Promise<string | null> {
  const filePath = await choosePlace(name);
  if (filePath === null) return null;
  const draft = join(dirname(filePath), `.${randomUUID()}.part`);
  try {
    const file = await open(draft, 'w');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, filePath);
  } catch (error) {
    await rm(draft, { force: true });
    throw new FailureError({ code: 'store_full', reason: 'not_written' }, { cause: error });
  }
  return filePath;
}

/** Lets the user choose a file of text; null when they did not. Refuses one that is too large. */
export async function openFile(): Promise<{ name: string; text: string } | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openFile'],
    filters: [
      { name: 'JSON', extensions: ['json'] },
      { name: mainText('caFile.allFiles'), extensions: ['*'] },
    ],
  });
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  if ((await stat(path)).size > MAX_TEXT_BYTES) {
    throw new FailureError({ code: 'invalid_input', reason: 'too_large' });
  }
  return { name: basename(path), text: await readFile(path, 'utf8') };
}

/** Most file systems take a name of 255 bytes; somebody may want to add a word or two. */
const LONGEST_NAME = 225;

/** A name that every file system takes, whatever it was made of. */
function fileName(name: string): string {
  const plain = name.replace(/[\p{Cc}/\\:*?"<>|]+/gu, '-').replace(/^[\s.-]+|[\s.]+$/g, '');
  const [ending = ''] = /(?:\.\w{1,8})*$/.exec(plain) ?? [];
  const short = cut(plain.slice(0, plain.length - ending.length), LONGEST_NAME - ending.length);
  return plain === '' ? 'file' : short + ending;
}

/** The beginning of a text in whole characters, as many as so many bytes hold. */
function cut(text: string, bytes: number): string {
  let room = bytes;
  let end = 0;
  for (const character of text) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
