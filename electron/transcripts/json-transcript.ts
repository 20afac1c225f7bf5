import {
  CONVERSATION_FILE,
  type FiledImage,
  type FiledMessage,
} from '../../shared/conversation-file';
import type { StoredMessage, StoredPart, Transcript } from '../store/queries/transcripts';
import type { ImageOf, TranscriptStyle, TranscriptTools } from './transcript-style';

/** Conversations with nothing left out, a message and a request on each line (docs/conversation-file.md). */
export function jsonTranscripts({ imageOf }: Pick<TranscriptTools, 'imageOf'>): TranscriptStyle {
  const { format, version } = CONVERSATION_FILE;
  return {
    begin: () => `{"format":${JSON.stringify(format)},"version":${version},"conversations":[`,
    conversation: (transcript, first) => pieces(transcript, first, imageOf),
    end: () => '\n]}\n',
  };
}

function* pieces(transcript: Transcript, first: boolean, imageOf: ImageOf): Generator<string> {
  const head = JSON.stringify(transcript.head);
  yield `${first ? '' : ','}\n${head.slice(0, -1)},"messages":[`;
  yield* lines(transcript.messages, (message) => JSON.stringify(filed(message, imageOf)));
  yield '],"runs":[';
  yield* lines(transcript.runLines, (line) => line);
  yield ']}';
}

function* lines<Item>(items: Iterable<Item>, written: (item: Item) => string): Generator<string> {
  let between = '\n';
  for (const item of items) {
    yield between + written(item);
    between = ',\n';
  }
}

function filed({ parts, ...message }: StoredMessage, imageOf: ImageOf): FiledMessage {
  return {
    ...message,
    parts: parts.map((part) => ({ ...part, image: imageIn(part, imageOf) })),
  };
}

function imageIn({ image }: StoredPart, imageOf: ImageOf): FiledImage | null {
  return image === null ? null : { ...image, data: imageOf(image) };
}
