/** The largest text file of a message in bytes. */
export const MAX_TEXT_FILE_BYTES = 1024 * 1024;

/** The most text files of one message. */
export const MAX_TEXT_FILES = 10;

/** A file whose words go along within the message. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

const MARKS = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const;

/** How much of a file is looked at to tell UTF-16 without a mark. */
const SAMPLE = 4096;

/**
 * What a file says when it is text in UTF-8 or UTF-16, whatever its name; null for anything else. Lines
 * end in `\n`.
 */
export function textOfFile(bytes: Uint8Array): string | null {
  const marked = MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte));
  const encoding = marked?.encoding ?? unmarkedEncoding(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  // No text has this character, and nearly everything else that is not text does.
  if (text.includes('\0')) return null;
  return text.replace(/\r\n?/g, '\n');
}

/** In UTF-16 every other byte of most texts is zero; in UTF-8 none is. */
function unmarkedEncoding(bytes: Uint8Array): (typeof MARKS)[number]['encoding'] {
  const length = Math.min(SAMPLE, bytes.length) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const many = length / 4;
  if (odd > many && even === 0) return 'utf-16le';
  if (even > many && odd === 0) return 'utf-16be';
  return 'utf-8';
}

const ENDING = /\.([a-z0-9+#-]{1,12})$/i;

/** Between the words and each file. */
const GAP = '\n\n';

/**
 * A message with its files: each below the words, under its name, between fences that nothing in it can
 * close.
 */
export function withFiles(text: string, files: readonly TextFile[]): string {
  return [text.trimEnd(), ...files.map(blockOf)].filter((part) => part !== '').join(GAP);
}

/** By how many characters its files make a message longer. */
export function lengthOfFiles(files: readonly TextFile[]): number {
  return files.length === 0 ? 0 : withFiles('', files).length + GAP.length;
}

function blockOf({ name, text }: TextFile): string {
  const fence = fenceFor(text);
  const language = ENDING.exec(name)?.[1]?.toLowerCase() ?? '';
  return `${name}:\n${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function fenceFor(text: string): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  return '`'.repeat(longest + 1);
}

const CLOSING = /^`{3,}$/;
const NAME = /^([^\s:][^\n:]{0,254}\.[a-z0-9+#-]{1,12}):$/i;

/** The words and the files that a message was put together from by `withFiles`. */
export function withoutFiles(message: string): {
  readonly text: string;
  readonly files: readonly TextFile[];
} {
  const lines = message.split('\n');
  const files: TextFile[] = [];
  let end = lines.length;
  for (;;) {
    const fence = lines[end - 1];
    if (fence === undefined || !CLOSING.test(fence)) break;
    const open = openingOf(lines, end - 1, fence);
    const name = NAME.exec(lines[open - 1] ?? '')?.[1];
    if (name === undefined || (open > 1 && lines[open - 2] !== '')) break;
    files.unshift({ name, text: lines.slice(open + 1, end - 1).join('\n') });
    // Before the name stands one empty line, unless the message begins with it.
    end = Math.max(0, open - 2);
  }
  return { text: lines.slice(0, end).join('\n'), files };
}

/** The line that opened what this fence closes: the nearest one before it of the same length. */
function openingOf(lines: readonly string[], closing: number, fence: string): number {
  for (let at = closing - 1; at > 0; at--) {
    const line = lines[at] ?? '';
    if (line.startsWith(fence) && /^`+[a-z0-9+#-]{0,12}$/.test(line)) {
      return line.lastIndexOf('`') === fence.length - 1 ? at : -1;
    }
  }
  return -1;
}
