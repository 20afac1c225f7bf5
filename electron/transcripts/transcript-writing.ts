import { readFileSync } from 'node:fs';
import type { TranscriptOrder, TranscriptWritten } from '../../shared/contract/transcript';
import type { FileReceiver } from '../files/file-work';
import { attachmentPath } from '../runs/attachments';
import type { ReadDb } from '../store/connection';
import { transcriptIds, transcriptOf } from '../store/queries/transcripts';
import { htmlTranscripts } from './html-transcript';
import { jsonTranscripts } from './json-transcript';
import { markdownTranscripts } from './markdown-transcript';
import type { ImageOf, TranscriptStyle, TranscriptTools } from './transcript-style';

export interface TranscriptPlace {
  /** The folder of the images of messages. */
  readonly attachments: string;
  readonly timeZone: string;
}

/** About so many characters are handed on at once. */
const CHARACTERS_A_PIECE = 64_000;

/**
 * Writes conversations, all of them from one state of the store whatever is changed meanwhile. Only one of
 * them, without its images, is in memory at any time.
 */
export function writeTranscripts(
  db: ReadDb,
  order: TranscriptOrder,
  { attachments, timeZone }: TranscriptPlace,
  { take, reached }: FileReceiver,
): TranscriptWritten {
  let missing = 0;
  const imageOf: ImageOf = ({ sha256 }) => {
    try {
      return readFileSync(attachmentPath(attachments, sha256)).toString('base64');
    } catch {
      missing += 1;
      return null;
    }
  };
  const style = styleOf(order, { imageOf, timeZone });
  return db.transaction(() => {
    const ids = transcriptIds(db, order.ids);
    let text = style.begin(ids.length);
    let messages = 0;
    let conversations = 0;
    const put = (piece: string) => {
      text += piece;
      if (text.length < CHARACTERS_A_PIECE) return;
      take(text);
      text = '';
      // A long conversation can be given up in its middle, too.
      reached(conversations, ids.length);
    };
    for (const id of ids) {
      const transcript = transcriptOf(db, id);
      if (!transcript) continue;
      for (const piece of style.conversation(transcript, conversations === 0)) put(piece);
      conversations += 1;
      messages += transcript.size;
      reached(conversations, ids.length);
    }
    take(text + style.end());
    return { conversations, messages, missing };
  })();
}

function styleOf(order: TranscriptOrder, tools: TranscriptTools): TranscriptStyle {
  switch (order.format) {
    case 'json':
      return jsonTranscripts(tools);
    case 'markdown':
      return markdownTranscripts(order, tools);
    case 'html':
      return htmlTranscripts(order, tools);
  }
}
