import { closeSync, openSync, writeSync } from 'node:fs';
import { wordOf, wordsOf } from './words';

/** Messages of each conversation. */
const EACH = 20;

/**
 * Writes conversations in OpenAI's form, of twenty messages of 180 words on average each, until the file has
 * so many bytes. The same size makes the same file. Returns how many messages it has.
 */
export function writeListFile(path: string, bytes: number): number {
  const file = openSync(path, 'w');
  let written = writeSync(file, '[');
  let conversations = 0;
  while (written < bytes) {
    const text = JSON.stringify(conversationOf(conversations));
    written += writeSync(file, conversations === 0 ? text : `,\n${text}`);
    conversations += 1;
  }
  writeSync(file, ']');
  closeSync(file);
  return conversations * EACH;
}

function conversationOf(seed: number) {
  const messages = Array.from({ length: EACH }, (_, at) => ({
    role: at % 2 === 0 ? 'user' : 'assistant',
    content: [0, 1, 2].map((part) => wordsOf((seed * EACH + at) * 3 + part)).join('\n\n'),
  }));
  return { id: `c${seed}`, title: wordOf(seed), created_at: 1_700_000_000 + seed, messages };
}
