import { performance } from 'node:perf_hooks';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { request } from 'undici';
import { streamCompletion } from '../../electron/provider/completion';
import { makeDispatcher } from '../../electron/provider/sockets';
import { startChunkServer } from './lib/chunk-server';
import { answerHeap, manyStreams } from './lib/load';
import { endpointOf, openPipeline } from './lib/pipeline';
import { median, options, progress, report, round } from './lib/report';

/**
 * How many chunks a second each reader of one and the same stream takes: the floor (undici, split,
 * JSON.parse), our decoder, our whole pipeline with reducer, feed and checkpoints on a real file, the
 * official SDK's bare iterator, and the AI SDK's text stream. All in one run, in turn. Before them,
 * what one long answer costs in memory, and many answers at once in time.
 */
const CHUNKS = options.small ? 2_000 : 200_000;
const ROUNDS = options.small ? 1 : 5;

/** Together 32 MiB, within the 64 MiB that one answer may have on the wire. */
const LONG = {
  chunks: options.small ? 2_048 : 65_536,
  text: 'All that is said. '.repeat(29).slice(0, 512),
};
const STREAMS = options.small ? 5 : 50;
const PACED = { chunks: options.small ? 25 : 500, everyMs: 20 };

const server = await startChunkServer({ flood: { chunks: CHUNKS }, long: LONG, paced: PACED });
const baseUrl = server.baseUrl('flood');
const characters = server.characters('flood');
const dispatcher = makeDispatcher();
const whole = await openPipeline(dispatcher);
const body = JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] });

async function floor(): Promise<number> {
  const response = await request(`${baseUrl}/chat/completions`, { method: 'POST', body });
  const decoder = new TextDecoder();
  let rest = '';
  let seen = 0;
  for await (const bytes of response.body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'data: [DONE]') continue;
      JSON.parse(line.slice(6));
      seen += 1;
    }
  }
  return seen;
}

async function decode(): Promise<number> {
  let read = 0;
  const end = await streamCompletion(
    {
      endpoint: endpointOf(baseUrl, dispatcher),
      body,
      answers: 1,
      signal: new AbortController().signal,
    },
    (events) => {
      for (const event of events) if (event.type === 'text') read += event.text.length;
    },
  );
  if (end.state !== 'complete') throw new Error(`the decoder ended ${end.state}`);
  return read === characters ? CHUNKS : Number.NaN;
}

async function openai(): Promise<number> {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'k' });
  const stream = await client.chat.completions.create({
    model: 'gpt-4o',
    stream: true,
    messages: [{ role: 'user', content: 'hello' }],
  });
  let seen = 0;
  for await (const chunk of stream) if (chunk) seen += 1;
  return seen;
}

async function aisdk(): Promise<number> {
  const provider = createOpenAICompatible({ name: 'bench', baseURL: baseUrl, apiKey: 'k' });
  const { textStream } = streamText({ model: provider('gpt-4o'), prompt: 'hello' });
  let read = 0;
  for await (const text of textStream) read += text.length;
  return read === characters ? CHUNKS : Number.NaN;
}

async function pipeline(): Promise<number> {
  const [conversation] = await whole.ask(server.baseUrl('flood'));
  const kept = conversation === undefined ? 0 : await whole.lengthOfAnswer(conversation);
  return kept === characters ? CHUNKS : Number.NaN;
}

const heap = await answerHeap(whole, server);
progress(`a long answer: heap growth ${round(heap.used)} times its text`);
const delays = await manyStreams(whole, server, STREAMS);
progress(`${STREAMS} streams: event-loop delay p99 ${round(delays.p99)} ms`);

const readers = { floor, decode, pipeline, openai, aisdk };
type Reader = keyof typeof readers;
const rates = new Map<string, number[]>(Object.keys(readers).map((name) => [name, []]));
for (let turn = 0; turn <= ROUNDS; turn++) {
  for (const [name, read] of Object.entries(readers)) {
    if (turn === 0 && name === 'aisdk' && !options.small) continue;
    globalThis.gc?.();
    const started = performance.now();
    const seen = await read();
    const rate = seen / ((performance.now() - started) / 1000);
    progress(`${turn === 0 ? 'warm-up' : `round ${turn}`}: ${name} ${Math.round(rate)} chunks/s`);
    if (turn > 0) rates.get(name)?.push(rate);
  }
}

const rate = (name: Reader) => median(rates.get(name) ?? []);

/** Of readers that took their turns right after each other, so that both had the same machine. */
function ratio(ours: Reader, theirs: Reader): number {
  const others = rates.get(theirs) ?? [];
  return round(median((rates.get(ours) ?? []).map((one, turn) => one / (others[turn] ?? 0))));
}

report({
  chunks: CHUNKS,
  floor_chunks_s: Math.round(rate('floor')),
  decode_chunks_s: Math.round(rate('decode')),
  pipeline_chunks_s: Math.round(rate('pipeline')),
  openai_chunks_s: Math.round(rate('openai')),
  aisdk_chunks_s: Math.round(rate('aisdk')),
  decode_vs_floor: ratio('decode', 'floor'),
  decode_vs_openai: ratio('decode', 'openai'),
  pipeline_vs_openai: ratio('pipeline', 'openai'),
  pipeline_vs_aisdk: ratio('pipeline', 'aisdk'),
  answer_heap_vs_text: round(heap.used),
  answer_heap_with_garbage_vs_text: round(heap.withGarbage),
  streams: STREAMS,
  many_streams_delay_p99_ms: round(delays.p99),
  many_streams_delay_max_ms: round(delays.max),
});

await whole.close();
await dispatcher.destroy();
await server.close();
