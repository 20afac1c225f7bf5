import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { request } from 'undici';
import { streamCompletion } from '../../electron/provider/completion';
import { makeDispatcher } from '../../electron/provider/http';
import { Endpoints } from '../../electron/runs/endpoints';
import { Feed } from '../../electron/runs/feed';
import { SYSTEM_CLOCK } from '../../electron/runs/live-run';
import { Runs } from '../../electron/runs/runs';
import { openStore } from '../../electron/store/client';
import { spawnStoreThread } from '../../electron/store/spawn';
import { DEFAULT_LIMITS } from '../../shared/endpoint';
import { startChunkServer } from './lib/chunk-server';
import { median, options, progress, report, round } from './lib/report';

/**
 * How many chunks a second each reader of one and the same stream takes: the floor (undici, split,
 * JSON.parse), our decoder, our whole pipeline with reducer, feed and checkpoints on a real file, the
 * official SDK's bare iterator, and the AI SDK's text stream. All in one run, in turn.
 */
const CHUNKS = options.small ? 2_000 : 200_000;
const ROUNDS = options.small ? 1 : 5;

const server = await startChunkServer(CHUNKS);
const dispatcher = makeDispatcher();
const body = JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] });

async function floor(): Promise<number> {
  const response = await request(`${server.baseUrl}/chat/completions`, { method: 'POST', body });
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
  let characters = 0;
  const end = await streamCompletion(
    {
      endpoint: {
        baseUrl: server.baseUrl,
        key: 'k',
        auth: 'bearer',
        headers: {},
        limits: DEFAULT_LIMITS,
        dispatcher,
      },
      body,
      answers: 1,
      signal: new AbortController().signal,
    },
    (events) => {
      for (const event of events) if (event.type === 'text') characters += event.text.length;
    },
  );
  if (end.state !== 'complete') throw new Error(`the decoder ended ${end.state}`);
  return characters === server.characters ? CHUNKS : Number.NaN;
}

async function openai(): Promise<number> {
  const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'k' });
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
  const provider = createOpenAICompatible({ name: 'bench', baseURL: server.baseUrl, apiKey: 'k' });
  const { textStream } = streamText({ model: provider('gpt-4o'), prompt: 'hello' });
  let characters = 0;
  for await (const text of textStream) characters += text.length;
  return characters === server.characters ? CHUNKS : Number.NaN;
}

const folder = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const worker = resolve('dist/main/store-worker.js');
const store = await openStore((role) =>
  spawnStoreThread(worker, { role, path: join(folder, 'slice.db') }),
);
const feed = new Feed();
const endpoints = new Endpoints({
  store,
  feed,
  dispatcher,
  startDemo: () => Promise.reject(new Error('there is no demo here')),
  vault: { strength: () => 'none', state: () => 'session', read: () => 'k', save: () => undefined },
});
const runs = new Runs({
  store,
  feed,
  endpoints,
  clock: SYSTEM_CLOCK,
  timeZone: () => 'UTC',
  log: (event, error) => {
    progress(`${event}: ${String(error)}`);
    return '';
  },
});
const connectionId = await store.write.insertConnection({
  name: 'bench',
  profile: 'openai',
  baseUrl: server.baseUrl,
  isDemo: false,
  at: Date.now(),
});

async function pipeline(): Promise<number> {
  const aborter = new AbortController();
  const events = feed.subscribe(aborter.signal);
  await events.next();
  const sent = await runs.send({
    conversationId: null,
    connectionId,
    model: 'gpt-4o',
    text: 'hello',
    parameters: {},
  });
  for await (const event of events) if (event.type === 'run.ended') break;
  aborter.abort();
  const { messages } = await store.read.getConversation(sent.conversationId);
  const kept = messages.at(-1)?.parts[0]?.text.length;
  return kept === server.characters ? CHUNKS : Number.NaN;
}

const readers = { floor, decode, pipeline, openai, aisdk };
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

const rate = (name: keyof typeof readers) => median(rates.get(name) ?? []);
report({
  chunks: CHUNKS,
  floor_chunks_s: Math.round(rate('floor')),
  decode_chunks_s: Math.round(rate('decode')),
  pipeline_chunks_s: Math.round(rate('pipeline')),
  openai_chunks_s: Math.round(rate('openai')),
  aisdk_chunks_s: Math.round(rate('aisdk')),
  decode_vs_floor: round(rate('decode') / rate('floor')),
  decode_vs_openai: round(rate('decode') / rate('openai')),
  pipeline_vs_openai: round(rate('pipeline') / rate('openai')),
  pipeline_vs_aisdk: round(rate('pipeline') / rate('aisdk')),
});

await runs.stopAll();
endpoints.close();
feed.close();
await store.close();
await dispatcher.destroy();
await server.close();
rmSync(folder, { recursive: true, force: true });
