import { type WordDiff, wordDiff } from './word-diff';

export interface DiffRequest {
  readonly first: string;
  readonly second: string;
}

addEventListener('message', ({ data }: MessageEvent<DiffRequest>) => {
  postMessage(wordDiff(data.first, data.second) satisfies WordDiff | null);
});
