import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { FeedEvent } from '../../shared/contract/events';
import { type MessageId, presetId as presetIdSchema, type RunId } from '../../shared/ids';
import { answerText } from '../../shared/run-view';
import { testApp } from '../fixtures/app';
import { NOON } from '../fixtures/ledger';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

function one<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`there are ${list.length}`);
  return first;
}

const isEnd = (id: RunId) => (event: FeedEvent) => event.type === 'run.ended' && event.runId === id;

const sentBody = z.object({ messages: z.array(z.record(z.string(), z.unknown())) });

/** What the last request to the simulator said. */
function lastMessages(): unknown[] {
  return sentBody.parse(simulator.log.at(-1)?.body).messages;
}

describe('what is sent', () => {
  it('is what was said, never what was thought, failed or billed', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    const first = await app.ask(id, 'sim-reasoning');
    await events.until(isEnd(first.runId));
    const { conversationId } = first;
    await app.answer(id, 'sim-status-500', { conversationId, text: 'It fails' });
    await app.answer(id, 'sim-fast', { conversationId, text: 'And then?' });
    const said = answerText((await app.stored(first)).parts);
    expect(lastMessages()).toEqual([
      { role: 'user', content: 'Why is the sky blue?' },
      { role: 'assistant', content: said },
      { role: 'user', content: 'It fails' },
      { role: 'user', content: 'And then?' },
    ]);
    expect(said).not.toBe('');
  });

  it('for a changed message is what stood before it, and both stay', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const first = await app.ask(id, 'sim-fast');
    const { conversationId } = first;
    await app.answer(id, 'sim-fast', { conversationId, text: 'And red?' });
    const before = await app.store.read.getConversation(conversationId);
    const second = before.messages[2];
    if (!second) throw new Error('there is no second question');
    const edit = (messageId: MessageId, text: string) =>
      app.runs.edit({
        conversationId,
        messageId,
        text,
        images: [],
        targets: [{ connectionId: id, model: 'sim-fast' }],
        settings: EMPTY_CHAT_SETTINGS,
        presetId: null,
      });
    const events = app.follow();
    const edited = await edit(second.id, 'And green?');
    await events.until(isEnd(one(edited.runs).runId));
    expect(lastMessages().at(-1)).toEqual({ role: 'user', content: 'And green?' });
    expect(lastMessages()).toHaveLength(3);
    const { messages } = await app.store.read.getConversation(conversationId);
    expect(messages.map((message) => message.id)).toEqual([
      ...before.messages.slice(0, 2).map((message) => message.id),
      edited.questionId,
      one(edited.runs).messageId,
    ]);
    expect(messages[2]?.siblings).toEqual([second.id, edited.questionId]);

    const start = await edit(first.questionId, 'Why is it dark?');
    await events.until(isEnd(one(start.runs).runId));
    expect(lastMessages()).toEqual([{ role: 'user', content: 'Why is it dark?' }]);
    await expect(edit(first.messageId, 'x')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('begins with the opening of a preset, whose name the ledger keeps', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const opening = [
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: 'Ahoy' },
    ] as const;
    const settings = EMPTY_CHAT_SETTINGS;
    const content = { connectionId: id, model: 'sim-fast', settings, opening: [...opening] };
    const presetId = one(await app.store.write.insertPresets([{ name: 'Pirate', content }], NOON));
    const send = { presetId, opening: [...opening], conversationId: null };
    const target = { connectionId: id, model: 'sim-fast' };
    const message = { ...send, text: 'Where to?', images: [], settings, target };
    const { body } = await app.runs.preview(message);
    const answer = await app.answer(id, 'sim-fast', { ...send, text: 'Where to?' });
    expect(sentBody.parse(JSON.parse(body)).messages).toEqual(lastMessages());
    expect(lastMessages()).toEqual([
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Ahoy' },
      { role: 'user', content: 'Where to?' },
    ]);
    expect(answer.run?.presetName).toBe('Pirate');
    const { items } = await app.store.read.listConversations(0, 1);
    const conversation = await app.store.read.getConversation(one(items).id);
    expect(conversation).toMatchObject({ title: 'Where to?', presetId, messages: { length: 4 } });
    await app.store.write.changePreset(presetId, { name: 'Sailor' });
    expect((await app.stored({ messageId: answer.id })).run?.presetName).toBe('Pirate');
    const gone = await app.answer(id, 'sim-fast', { presetId: presetIdSchema.parse(99) });
    expect(gone.run?.presetName).toBeNull();
  });

  it('for another answer is the same question, without the first answer', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const events = app.follow();
    const { conversationId, messageId, runId } = await app.ask(id, 'sim-fast');
    await events.until(isEnd(runId));
    const sent = await app.runs.answerAgain({
      conversationId,
      messageId,
      targets: [{ connectionId: id, model: 'gpt-4o' }],
      settings: { ...EMPTY_CHAT_SETTINGS, parameters: { temperature: 0 } },
      presetId: null,
    });
    const again = one(sent.runs);
    await events.until(isEnd(again.runId));
    expect(lastMessages()).toEqual([{ role: 'user', content: 'Why is the sky blue?' }]);
    expect(simulator.log.at(-1)?.body).toMatchObject({ model: 'gpt-4o', temperature: 0 });
    expect((await app.stored(again)).siblings).toEqual([messageId, again.messageId]);
  });

  it('gives the conversation its title', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    await app.answer(id, 'sim-fast', { text: '# Blue skies\n\nWhy are they?' });
    const { items } = await app.store.read.listConversations(0, 1);
    expect(items[0]?.title).toBe('Blue skies');
  });
});
