import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

const WORDS = 'The| sky| appears| blue| because| of| Rayleigh| scattering|,| and'.split('|');

/** What is streamed; chunks are of the guide's own shape. */
export interface ChunkPlan {
  /** A word a chunk, as fast as it is read. */
  readonly flood: { readonly chunks: number };
  /** Long chunks of the same text, as fast as they are read; a multiple of 16. */
  readonly long: { readonly chunks: number; readonly text: string };
  /** A word a chunk, one every so many milliseconds. */
  readonly paced: { readonly chunks: number; readonly everyMs: number };
}

export type StreamKind = keyof ChunkPlan;

export interface ChunkServer {
  baseUrl(kind: StreamKind): string;
  /** Length of the whole answer's text. */
  characters(kind: StreamKind): number;
  close(): Promise<void>;
}

export async function startChunkServer(plan: ChunkPlan): Promise<ChunkServer> {
  const worker = new Worker(resolve('test/bench/lib/chunk-source.mjs'), {
    workerData: { ...plan, words: WORDS },
  });
  const [port] = await once(worker, 'message');
  return {
    baseUrl: (kind) => `http://127.0.0.1:${port}/${kind}/v1`,
    characters: (kind) =>
      kind === 'long' ? plan.long.chunks * plan.long.text.length : lengthOfWords(plan[kind].chunks),
    close: async () => {
      worker.postMessage('close');
      await once(worker, 'exit');
    },
  };
}

function lengthOfWords(count: number): number {
  let length = 0;
  for (let index = 0; index < count; index++) length += WORDS[index % WORDS.length]?.length ?? 0;
  return length;
}
