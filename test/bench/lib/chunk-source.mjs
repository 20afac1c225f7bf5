/**
 * The server of the stream bench, in a thread of its own so that making a stream does not slow its
 * reader down. `workerData` is a `ChunkPlan`; the first message back is where it listens.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const HEAD =
  '{"id":"chatcmpl-fc2e9121675cd68b07b6d1eb5e2b11e8","object":"chat.completion.chunk","created":1729535567,';
const USAGE =
  '"usage":{"prompt_tokens":13,"completion_tokens":100,"total_tokens":113,"prompt_characters":20,"response_characters":527,"cost":0.001878,"latency_ms":2831}';
const BLOCK_BYTES = 16_384;

/** A chunk as the guide prints it: its index counts chunks. */
function chunk(index, delta, reason = null) {
  return `data: ${HEAD}"provider":"openrouter","model":"openai/gpt-4o","choices":[{"index":${index},"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${JSON.stringify(reason)}}],"system_fingerprint":"null"}\n\n`;
}

const FIRST = chunk(0, { role: 'assistant', content: '' });
const LAST =
  chunk(0, { content: '' }, 'stop') +
  `data: ${HEAD}"model":"openai/gpt-4o","system_fingerprint":"null","choices":[],${USAGE}}\n\n` +
  'data: [DONE]\n\n';

const { words, flood, long, paced } = workerData;
const word = (index) => words[index % words.length];

const floodBytes = Buffer.from(
  FIRST +
    Array.from({ length: flood.chunks }, (_, index) => chunk(index, { content: word(index) })).join(
      '',
    ) +
    LAST,
);

/** Writes as fast as it is read. */
async function write(response, bytes) {
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    if (!response.write(bytes.subarray(at, at + BLOCK_BYTES))) await once(response, 'drain');
  }
}

const ANSWERS = {
  flood: (response) => write(response, floodBytes),
  async long(response) {
    const bytes = Buffer.from(chunk(0, { content: long.text }).repeat(16));
    await write(response, Buffer.from(FIRST));
    for (let index = 0; index < long.chunks; index += 16) await write(response, bytes);
    await write(response, Buffer.from(LAST));
  },
  async paced(response) {
    const started = performance.now();
    response.write(FIRST);
    for (let index = 0; index < paced.chunks; index++) {
      await sleep(Math.max(0, started + index * paced.everyMs - performance.now()));
      response.write(chunk(index, { content: word(index) }));
    }
    response.write(LAST);
  },
};

const server = createServer(async (request, response) => {
  request.resume();
  const answer = ANSWERS[request.url.split('/')[1]];
  response.writeHead(answer ? 200 : 404, { 'content-type': 'text/event-stream' });
  await answer?.(response).catch(() => undefined);
  response.end();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.once('message', () => {
  server.closeAllConnections();
  server.close(() => parentPort.close());
});
