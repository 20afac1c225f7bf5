import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface ChunkServer {
  readonly baseUrl: string;
  /** Length of the whole answer's text. */
  readonly characters: number;
  close(): Promise<void>;
}

/** Runs in a thread of its own, so that making the stream does not slow its reader down. */
const SERVER = `
const { createServer } = require('node:http');
const { once } = require('node:events');
const { parentPort, workerData } = require('node:worker_threads');
const WORDS = ['The', ' sky', ' appears', ' blue', ' because', ' of', ' Rayleigh', ' scattering', ',', ' and'];
const head = '{"id":"chatcmpl-fc2e9121675cd68b07b6d1eb5e2b11e8","object":"chat.completion.chunk","created":1729535567,"provider":"openrouter","model":"openai/gpt-4o","choices":[{"index":';
const chunk = (index, delta, reason) => 'data: ' + head + index + ',"delta":' + JSON.stringify(delta) + ',"logprobs":null,"finish_reason":' + JSON.stringify(reason) + '}],"system_fingerprint":"null"}\\n\\n';
const parts = [chunk(0, { role: 'assistant', content: '' }, null)];
let characters = 0;
for (let i = 1; i < workerData - 2; i++) {
  const word = WORDS[i % WORDS.length];
  characters += word.length;
  parts.push(chunk(i, { content: word }, null));
}
parts.push(chunk(0, { content: '' }, 'stop'));
parts.push('data: {"id":"chatcmpl-fc2e9121675cd68b07b6d1eb5e2b11e8","object":"chat.completion.chunk","created":1729535567,"model":"openai/gpt-4o","system_fingerprint":"null","choices":[],"usage":{"prompt_tokens":13,"completion_tokens":100,"total_tokens":113,"prompt_characters":20,"response_characters":527,"cost":0.001878,"latency_ms":2831}}\\n\\n');
parts.push('data: [DONE]\\n\\n');
const bytes = Buffer.from(parts.join(''));
const server = createServer(async (request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let at = 0; at < bytes.length; at += 16384) {
    if (!response.write(bytes.subarray(at, at + 16384))) await once(response, 'drain');
  }
  response.end();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port, characters }));
parentPort.once('message', () => { server.closeAllConnections(); server.close(() => parentPort.close()); });
`;

/** Serves one stream of the guide's own shape, as fast as it is read. */
export async function startChunkServer(chunks: number): Promise<ChunkServer> {
  const worker = new Worker(SERVER, { eval: true, workerData: chunks });
  const [{ port, characters }] = await once(worker, 'message');
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    characters,
    close: async () => {
      worker.postMessage('close');
      await once(worker, 'exit');
    },
  };
}
