import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** One request as it was answered: what was written of its answer, and when. */
export interface Answered {
  /** The last message of the user's. */
  readonly question: string;
  /** The id of the completion. */
  readonly id: string;
  readonly at: number;
  /** Each piece of the answer with the moment it left (ms since 1970). */
  readonly pieces: { readonly text: string; readonly at: number }[];
  /** When its reader was killed (ms since 1970); null when it was not. */
  killedAt: number | null;
}

export interface WordsServer {
  readonly baseUrl: string;
  readonly model: string;
  /** Every completion that was asked for, oldest first. */
  readonly log: readonly Answered[];
  /** The reader of every answer that is on its way was killed now. */
  killed(): void;
  close(): Promise<void>;
}

const MODEL = 'words';
const TICK_MS = 10;
const WORDS = 400;

const body = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
});

/** A server whose answers are numbered words, no two alike, at a steady pace; it remembers when each left. */
export async function startWordsServer(): Promise<WordsServer> {
  const log: Answered[] = [];
  const underway = new Set<Answered>();
  let killedAt: number | null = null;
  const answer = async (asked: string, response: ServerResponse) => {
    const { messages } = body.parse(JSON.parse(asked));
    const question = String(messages.findLast(({ role }) => role === 'user')?.content ?? '');
    const id = `chatcmpl-${log.length + 1}`;
    const entry: Answered = { question, id, at: Date.now(), pieces: [], killedAt: null };
    log.push(entry);
    underway.add(entry);
    response.once('close', () => {
      underway.delete(entry);
      // A request may still come in from a reader that is gone.
      if (!response.writableFinished) entry.killedAt ??= killedAt;
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let word = 1; word <= WORDS && !response.closed; word += 1) {
      const piece = `${id.slice(9)}.${word} `;
      response.write(record(id, { delta: { content: piece }, finish_reason: null }));
      entry.pieces.push({ text: piece, at: Date.now() });
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    if (response.closed) return;
    const usage = {
      prompt_tokens: 5,
      completion_tokens: WORDS,
      total_tokens: WORDS + 5,
      cost: 0.001,
    };
    response.end(`${record(id, { delta: {}, finish_reason: 'stop' }, { usage })}data: [DONE]\n\n`);
  };
  const server = createServer(async (request, response) => {
    const asked = await text(request);
    if (request.url?.startsWith('/v1/models')) {
      response.end(JSON.stringify({ object: 'list', data: [{ id: MODEL, object: 'model' }] }));
    } else if (request.url === '/v1/chat/completions') {
      await answer(asked, response);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    model: MODEL,
    log,
    killed: () => {
      killedAt = Date.now();
      for (const answered of underway) answered.killedAt = killedAt;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function record(id: string, choice: object, more: object = {}): string {
  const chunk = {
    id,
    object: 'chat.completion.chunk',
    created: 1,
    model: MODEL,
    choices: [{ index: 0, ...choice }],
    ...more,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
