import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Dispatcher } from 'undici';
import type { Endpoint } from '../../../electron/provider/http';
import { Attachments } from '../../../electron/runs/attachments';
import { Feed } from '../../../electron/runs/feed';
import { SYSTEM_CLOCK } from '../../../electron/runs/live-run';
import { Runs } from '../../../electron/runs/runs';
import { openStore } from '../../../electron/store/client';
import { spawnStoreThread } from '../../../electron/store/spawn';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import type { FeedEvent } from '../../../shared/contract/events';
import { DEFAULT_LIMITS } from '../../../shared/endpoint';
import type { ConversationId } from '../../../shared/ids';
import { progress } from './report';

/** How the bench reaches a server. */
export function endpointOf(baseUrl: string, dispatcher: Dispatcher): Endpoint {
  return { baseUrl, key: 'k', auth: 'bearer', headers: {}, limits: DEFAULT_LIMITS, dispatcher };
}

/** Everything of main between a request and the page, on a store in a real file. */
export interface Pipeline {
  /**
   * Asks so many times at once and follows the answers on the feed, as a page does, until all are
   * saved. `onEvent` hears each event of the feed.
   */
  ask(
    baseUrl: string,
    count?: number,
    onEvent?: (event: FeedEvent) => void,
  ): Promise<ConversationId[]>;
  /** Length of the answer's text as the store has it. */
  lengthOfAnswer(id: ConversationId): Promise<number>;
  close(): Promise<void>;
}

export async function openPipeline(dispatcher: Dispatcher): Promise<Pipeline> {
  const folder = mkdtempSync(join(tmpdir(), 'slice-bench-'));
  const worker = resolve('dist/main/store-worker.js');
  const store = await openStore(
    (role) => spawnStoreThread(worker, { role, path: join(folder, 'slice.db') }),
    Promise.resolve(),
    (error) => progress(`the reader did not open: ${String(error)}`),
  );
  const feed = new Feed();
  const runs = new Runs({
    store,
    feed,
    servers: {
      endpointOf: ({ baseUrl }) => Promise.resolve(endpointOf(baseUrl, dispatcher)),
      noteEnd: () => undefined,
    },
    attachments: new Attachments(folder, store),
    titleWish: async () => ({ titlesByModel: false, titleModel: null }),
    clock: SYSTEM_CLOCK,
    random: () => 0,
    timeZone: () => 'UTC',
    log: (event, error) => {
      progress(`${event}: ${String(error)}`);
      return '';
    },
  });

  return {
    async ask(baseUrl, count = 1, onEvent = () => undefined) {
      const connectionId = await store.write.insertConnection({
        name: 'bench',
        profile: 'openai',
        baseUrl,
        isDemo: false,
        at: Date.now(),
      });
      const stop = new AbortController();
      const events = feed.subscribe(stop.signal);
      await events.next();
      const sending = Array.from({ length: count }, () =>
        runs.send({
          conversationId: null,
          text: 'hello',
          images: [],
          presetId: null,
          opening: [],
          settings: EMPTY_CHAT_SETTINGS,
          targets: [{ connectionId, model: 'gpt-4o' }],
        }),
      );
      let running = count;
      for await (const event of events) {
        onEvent(event);
        if (event.type === 'run.ended') running -= 1;
        if (running === 0) break;
      }
      stop.abort();
      return (await Promise.all(sending)).map(({ conversationId }) => conversationId);
    },
    async lengthOfAnswer(id) {
      const { messages } = await store.read.getConversation(id);
      return messages.at(-1)?.parts[0]?.text.length ?? 0;
    },
    async close() {
      await runs.stopAll();
      feed.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
