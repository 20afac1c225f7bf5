import { describe, expect, it, onTestFinished } from 'vitest';
import { followAnswers } from '../../electron/runs/answer-news';
import { startSimulator } from '../../electron/simulator/simulator';
import type { EndedAnswers } from '../../electron/store/queries/ended-answers';
import { testApp } from '../fixtures/app';

/** An app, what it tells of answers, and whether anybody wants to hear it. */
async function listening() {
  const simulator = await startSimulator({ pace: 'instant', seed: 1 });
  onTestFinished(() => simulator.close());
  const app = await testApp();
  const { id } = await app.connect(simulator);
  const heard: EndedAnswers[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const listener = { wanted: true };
  void followAnswers(
    {
      feed: app.feed,
      store: app.store,
      answering: () => new Set(app.runs.live.map(({ ids }) => ids.conversationId)),
      wanted: () => listener.wanted,
      told: (_conversation, ended) => heard.push(ended),
      log: (event, error) => {
        throw new Error(event, { cause: error });
      },
    },
    stop.signal,
  );
  const settled = () => expect.poll(() => app.runs.live.length).toBe(0);
  return { app, id, heard, listener, settled };
}

describe('the news of answers', () => {
  it('come once for all that were asked side by side', async () => {
    const { app, id, heard, settled } = await listening();
    await app.askAll(id, ['gpt-4o', 'sim-status-500', 'sim-fast']);
    await settled();
    await expect
      .poll(() => heard)
      .toMatchObject([
        { title: 'Why is the sky blue?', states: ['complete', 'failed', 'complete'] },
      ]);
  });

  it('come once for an answer that took several attempts', async () => {
    const { app, id, heard, settled } = await listening();
    await app.ask(id, 'sim-status-503');
    await settled();
    await expect.poll(() => heard.map(({ states }) => states)).toEqual([['failed']]);
  });

  it('do not come while nobody wants them', async () => {
    const { app, id, heard, listener, settled } = await listening();
    listener.wanted = false;
    await app.ask(id, 'gpt-4o');
    await settled();
    listener.wanted = true;
    await app.ask(id, 'gpt-4o', { text: 'And now?' });
    await settled();
    await expect.poll(() => heard.map(({ title }) => title)).toEqual(['And now?']);
  });
});
