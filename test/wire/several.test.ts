import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import type { FeedEvent } from '../../shared/contract/events';
import type { Sent } from '../../shared/contract/run';
import { parseUsd, sumUsd } from '../../shared/money';
import { answerText } from '../../shared/run-view';
import { type TestApp, testApp } from '../fixtures/app';
import { loopback } from '../fixtures/loopback';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

const asksFor = z.object({ model: z.string() });

function models(log: Simulator['log']): string[] {
  return log.map(({ body }) => asksFor.parse(body).model);
}

/** Every answer of what was sent, once all are there. */
async function answersOf(app: TestApp, { runs }: Sent) {
  await expect.poll(() => app.runs.live.length).toBe(0);
  const [first] = runs;
  if (!first) throw new Error('nothing was asked');
  return app.store.read.answersTo(first.messageId);
}

describe('one message to several models', () => {
  it('is a request, a stream and a row for each, side by side', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const before = simulator.log.length;
    const wanted = ['gpt-4o', 'sim-reasoning', 'sim-status-500', 'sim-fast', 'sim-long-20000'];
    const sent = await app.askAll(id, wanted);
    expect(sent.runs).toHaveLength(5);
    const answers = await answersOf(app, sent);
    expect(answers.map(({ run }) => run?.requestedModel)).toEqual(wanted);
    expect(answers.map(({ run }) => run?.state)).toEqual([
      'complete',
      'complete',
      'failed',
      'complete',
      'complete',
    ]);
    expect(new Set(answers.map(({ run }) => run?.fanOut)).size).toBe(1);
    expect(answers[0]?.run?.fanOut).not.toBeNull();
    expect(new Set(answers.map(({ parentId }) => parentId))).toEqual(new Set([sent.questionId]));
    expect(models(simulator.log.slice(before)).toSorted()).toEqual(wanted.toSorted());
    const { messages, total } = await app.store.read.getConversation(sent.conversationId);
    expect(messages.map((message) => message.id)).toEqual([
      sent.questionId,
      sent.runs[0]?.messageId,
    ]);
    expect(messages[1]?.siblings).toHaveLength(5);
    expect(total).toMatchObject({ runs: 5, running: 0, unknown: 1 });
  });

  it('lets one be stopped while the others go on', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    const sent = await app.askAll(id, ['sim-endless', 'sim-fast']);
    const [endless, fast] = sent.runs;
    if (!endless || !fast) throw new Error('there are not two');
    const isEnd = (event: FeedEvent) => event.type === 'run.ended' && event.runId === fast.runId;
    await events.until(isEnd);
    expect(app.runs.live.map(({ ids }) => ids.runId)).toEqual([endless.runId]);
    app.runs.stop(endless.runId);
    const answers = await answersOf(app, sent);
    expect(answers.map(({ run }) => run?.state)).toEqual(['stopped', 'complete']);
  });

  it('is not sent to any when the key of one is missing', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const keyless = await app.connect({ baseUrl: simulator.baseUrl, key: simulator.key });
    app.vault.forget(keyless);
    const before = simulator.log.length;
    const targets = [id, keyless.id].map((connectionId) => ({ connectionId, model: 'sim-fast' }));
    const sent = app.askAll(id, [], { targets });
    await expect(sent).rejects.toMatchObject({ failure: { code: 'no_key' } });
    expect(simulator.log.length).toBe(before);
    expect((await app.store.read.listConversations(0, 1)).count).toBe(0);
  });
});

describe('a super query', () => {
  it('is one request and one row, whose answers stand side by side', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const sent = await app.askAll(id, [' gpt-4o , sim-fast,']);
    const answers = await answersOf(app, sent);
    expect(models(simulator.log.slice(-1))).toEqual(['gpt-4o,sim-fast']);
    expect(answers).toHaveLength(2);
    expect(new Set(answers.map(({ run }) => run?.id)).size).toBe(1);
    for (const { parts } of answers) expect(answerText(parts)).not.toBe('');
    expect(answers[0]?.run).toMatchObject({
      requestedModel: 'gpt-4o,sim-fast',
      models: 2,
      cost: parseUsd(simulator.log.at(-1)?.usage?.cost ?? ''),
    });
  });

  const completion = (model: string, content: string, cost: string) =>
    `{"id":"c","object":"chat.completion","model":"${model}","choices":[{"index":0,"message":{"role":"assistant","content":"${content}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"cost":${cost}}}`;

  it.each([
    ['an answer', completion('a', 'One.', '0.0000000015'), ['One.'], ['0.000000002']],
    [
      'an array',
      `[${completion('a', 'One.', '0.1')},${completion('b', 'Two.', '"0.2"')}]`,
      ['One.', 'Two.'],
      ['0.1', '0.2'],
    ],
    [
      'an object by model',
      `{"a":${completion('a', 'One.', '0.1')},"b/c":${completion('b', 'Two.', '0.2')}}`,
      ['One.', 'Two.'],
      ['0.1', '0.2'],
    ],
    [
      'an object by model where one failed',
      `{"a":${completion('a', 'One.', '0.1')},"b":{"error":{"message":"no such model"}}}`,
      ['One.'],
      ['0.1'],
    ],
  ])('is answered by %s', async (_, body, texts, costs) => {
    const app = await testApp();
    const server = await loopback((_request, response) => void response.end(body));
    const id = await app.connectUnchecked(server.baseUrl);
    const answers = await answersOf(app, await app.askAll(id, ['a,b']));
    expect(answers.map(({ parts }) => answerText(parts)).filter((said) => said !== '')).toEqual(
      texts,
    );
    expect(answers[0]?.run?.cost).toBe(sumUsd(costs.map((cost) => parseUsd(cost) ?? sumUsd([]))));
  });
});

describe('several answers to one request', () => {
  it.each([2, 5])('come as %i siblings with one bill', async (n) => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const sent = await app.askAll(id, ['gpt-4o'], { parameters: { n } });
    const answers = await answersOf(app, sent);
    expect(answers).toHaveLength(n);
    expect(simulator.log.at(-1)?.body).toMatchObject({ n, stream: false });
    expect(answers[0]?.run).toMatchObject({
      answers: n,
      cost: parseUsd(simulator.log.at(-1)?.usage?.cost ?? ''),
    });
    const total = await app.store.read.spendingBetween('2024-10-21', '2024-10-21', false);
    expect(total).toMatchObject({ runs: 1, known: answers[0]?.run?.cost });
  });

  it.each([12, 13] as const)('are voted on with integrity %i', async (integrity) => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const parameters = { integrity, integrity_model: 'gpt-4o' };
    const { run } = await app.answer(id, 'gpt-4o', { parameters });
    expect(simulator.log.at(-1)?.body).toMatchObject(parameters);
    expect(run).toMatchObject({ state: 'complete', votes: integrity - 10, parameters });
  });
});
