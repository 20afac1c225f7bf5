import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { longAnswer } from './long-answer';

/** How a text arrives: pieces of so many characters, so many a second. */
export interface Arrival {
  readonly characters: number;
  readonly piece: number;
  readonly perSecond: number;
}

export interface AnswerServer {
  readonly baseUrl: string;
  readonly model: string;
  /** The same text at the same speed as plain text, for pages that do not speak with servers of models. */
  readonly textUrl: string;
  /** How many times the text was written to its end. */
  ended(): number;
  close(): Promise<void>;
}

const TICK_MS = 5;
const MODEL = 'long-answer';

const body = z.looseObject({ stream: z.boolean().optional() });

/** A server on loopback whose one answer is long, and the same each time. */
export async function startAnswerServer(arrival: Arrival): Promise<AnswerServer> {
  const answer = longAnswer(arrival.characters);
  let ended = 0;

  const write = async (response: ServerResponse, frame: (piece: string) => string, end: string) => {
    const started = performance.now();
    let at = 0;
    while (at < answer.length && !response.closed) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      const due = Math.floor(((performance.now() - started) / 1000) * arrival.perSecond);
      let text = '';
      for (; at < Math.min(due * arrival.piece, answer.length); at += arrival.piece) {
        text += frame(answer.slice(at, at + arrival.piece));
      }
      if (text !== '') response.write(text);
    }
    response.end(end);
    ended += 1;
  };

  const server = createServer(async (request, response) => {
    const asked = await text(request);
    if (request.url === '/text') {
      response.writeHead(200, {
        'content-type': 'text/plain; charset=utf-8',
        'access-control-allow-origin': '*',
      });
      await write(response, (piece) => piece, '');
      return;
    }
    if (request.url === '/v1/models') {
      response.end(JSON.stringify({ object: 'list', data: [{ id: MODEL, object: 'model' }] }));
      return;
    }
    if (request.url !== '/v1/chat/completions') {
      response.writeHead(404).end();
      return;
    }
    if (body.parse(JSON.parse(asked)).stream !== true) {
      response.end(JSON.stringify(wholeReply('A long answer')));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(event({ delta: { role: 'assistant', content: '' }, finish_reason: null }));
    const usage = { prompt_tokens: 3, completion_tokens: 50_000, total_tokens: 50_003 };
    await write(
      response,
      (content) => event({ delta: { content }, finish_reason: null }),
      `${event({ delta: {}, finish_reason: 'stop' }, { usage })}data: [DONE]\n\n`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    baseUrl: `${origin}/v1`,
    model: MODEL,
    textUrl: `${origin}/text`,
    ended: () => ended,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const COMPLETION = { id: 'chatcmpl-bench', created: 1_729_535_567, model: MODEL };

function event(choice: object, more: object = {}): string {
  const chunk = { ...COMPLETION, object: 'chat.completion.chunk', ...more };
  return `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, ...choice }] })}\n\n`;
}

function wholeReply(content: string): object {
  const message = { role: 'assistant', content };
  return { ...COMPLETION, choices: [{ index: 0, message, finish_reason: 'stop' }] };
}
