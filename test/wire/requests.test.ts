import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { ConnectionId } from '../../shared/ids';
import { answerText } from '../../shared/run-view';
import { type TestApp, testApp } from '../fixtures/app';
import { loopback } from '../fixtures/loopback';
import { temporaryFolder } from '../fixtures/store';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

/** The smallest image there is, and two more bytes so that no two are the same. */
function gif(mark: string): string {
  return Buffer.concat([
    Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64'),
    Buffer.from(mark),
  ]).toString('base64');
}

const sentBody = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
});

function lastMessages(): unknown[] {
  return sentBody.parse(simulator.log.at(-1)?.body).messages;
}

const part = (base64: string) => ({
  type: 'image_url',
  image_url: { url: `data:image/gif;base64,${base64}` },
});

describe('an image', () => {
  it('goes along with its message and with every later one, and comes back with the history', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const [one, two] = [gif('01'), gif('02')];
    const images = [
      await app.attachments.addImage('one.gif', one),
      await app.attachments.addImage('two.png', two),
    ];
    const asked = { text: 'What is it?', images: images.map((image) => image.id) };
    const first = await app.answer(id, 'sim-fast', asked);
    const question = {
      role: 'user',
      content: [{ type: 'text', text: 'What is it?' }, part(one), part(two)],
    };
    expect(lastMessages()).toEqual([question]);
    const { items } = await app.store.read.listConversations(0, 1);
    const conversationId = items[0]?.id ?? null;
    await app.answer(id, 'sim-fast', { conversationId, text: 'Sure?' });
    expect(lastMessages()).toEqual([
      question,
      { role: 'assistant', content: answerText(first.parts) },
      { role: 'user', content: 'Sure?' },
    ]);
    if (conversationId === null) throw new Error('there is no conversation');
    const { messages } = await app.store.read.getConversation(conversationId);
    expect(messages[0]?.images).toEqual(images);
    expect(images[1]).toMatchObject({ name: 'two.png', mediaType: 'image/gif' });
  });

  it('can be all of a message, and gives the conversation its name then', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const image = await app.attachments.addImage('sky.gif', gif('03'));
    await app.answer(id, 'sim-fast', { text: '', images: [image.id] });
    expect(lastMessages()).toEqual([{ role: 'user', content: [part(gif('03'))] }]);
    const { items } = await app.store.read.listConversations(0, 1);
    expect(items[0]?.title).toBe('sky.gif');
  });

  it('is kept once, however often it is added', async () => {
    const app = await testApp();
    const [one, two] = await Promise.all([
      app.attachments.addImage('one.gif', gif('04')),
      app.attachments.addImage('again.gif', gif('04')),
    ]);
    expect(one.id).toBe(two.id);
  });

  it.each([
    ['nothing', ''],
    ['text', Buffer.from('hello').toString('base64')],
    ['a drawing', Buffer.from('<svg onload="alert(1)"/>').toString('base64')],
    ['no base64', '%%%%'],
  ])('is not %s', async (_, data) => {
    const app = await testApp();
    await expect(app.attachments.addImage('x.png', data)).rejects.toMatchObject({
      failure: { code: 'invalid_input', reason: 'not_an_image' },
    });
  });

  it('has at most twenty megabytes', async () => {
    const app = await testApp();
    const large = Buffer.alloc(20 * 1024 * 1024 + 1, 1).toString('base64');
    await expect(app.attachments.addImage('x.png', large)).rejects.toMatchObject({
      failure: { code: 'invalid_input', reason: 'too_large' },
    });
  });

  it('that is gone ends the run with its name, and nothing leaves', async () => {
    const folder = temporaryFolder();
    const app = await testApp({ attachments: folder });
    const { id } = await app.connect(simulator);
    const image = await app.attachments.addImage('lost.gif', gif('05'));
    rmSync(folder, { recursive: true });
    expect(existsSync(folder)).toBe(false);
    const before = simulator.log.length;
    const { run } = await app.answer(id, 'sim-fast', { images: [image.id] });
    expect(run).toMatchObject({
      state: 'failed',
      failure: { code: 'not_found', reason: 'image_missing', detail: 'lost.gif' },
      cost: 0n,
    });
    expect(simulator.log.length).toBe(before);
  });
});

describe('the settings of a conversation', () => {
  it('lead the next request, and stay with the conversation', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const settings = {
      system: 'Speak Swedish.',
      parameters: { temperature: 0.5 },
      extra: { user: 'me' },
      history: { messages: 0, tokens: null },
    };
    await app.answer(id, 'sim-fast', { text: 'One', settings, parameters: settings.parameters });
    const { items } = await app.store.read.listConversations(0, 1);
    const conversationId = items[0]?.id ?? null;
    await app.answer(id, 'sim-fast', {
      conversationId,
      text: 'Two',
      settings,
      parameters: settings.parameters,
    });
    expect(simulator.log.at(-1)?.body).toMatchObject({
      temperature: 0.5,
      user: 'me',
      messages: [
        { role: 'system', content: 'Speak Swedish.' },
        { role: 'user', content: 'Two' },
      ],
    });
    if (conversationId === null) throw new Error('there is no conversation');
    expect((await app.store.read.getConversation(conversationId)).settings).toEqual(settings);
  });

  it('never give a server of OpenAI a field of APIpie', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator, { profile: 'openai' });
    const parameters = { temperature: 1, integrity: 13, routing: 'price' } as const;
    const { run } = await app.answer(id, 'sim-fast', { parameters });
    expect(simulator.log.at(-1)?.body).toEqual({
      model: 'sim-fast',
      temperature: 1,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'Why is the sky blue?' }],
    });
    expect(run).toMatchObject({ parameters: { temperature: 1 }, votes: 1 });
  });

  it.each([
    ['alternate', ['user']],
    ['any', ['user', 'user']],
  ] as const)('keep to the rule %s of the connection', async (roles, expected) => {
    const app = await testApp();
    const { id } = await app.connect(simulator, { options: { roles } });
    await app.answer(id, 'sim-status-500', { text: 'One' });
    const { items } = await app.store.read.listConversations(0, 1);
    const conversationId = items[0]?.id ?? null;
    await app.answer(id, 'sim-fast', { conversationId, text: 'Two' });
    const { messages } = sentBody.parse(simulator.log.at(-1)?.body);
    expect(messages.map(({ role }) => role)).toEqual(expected);
  });
});

describe('what is shown of a request', () => {
  const settings = {
    ...EMPTY_CHAT_SETTINGS,
    system: 'Be brief.',
    parameters: { temperature: 0.1, stop: ["'"] },
  };

  async function preview(app: TestApp, connectionId: ConnectionId) {
    return app.runs.preview({
      conversationId: null,
      text: 'Why is the sky blue?',
      images: [],
      settings,
      presetId: null,
      opening: [],
      target: { connectionId, model: 'sim-fast' },
    });
  }

  it('before it leaves is exactly what leaves', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const before = simulator.log.length;
    const shown = await preview(app, id);
    expect(simulator.log.length).toBe(before);
    const { run } = await app.answer(id, 'sim-fast', { settings, parameters: settings.parameters });
    expect(JSON.parse(shown.body)).toEqual(simulator.log.at(-1)?.body);
    expect(run && app.runs.inspect(run.id)?.request.body).toBe(shown.body);
    expect(shown).toMatchObject({
      method: 'POST',
      url: `${simulator.baseUrl}/chat/completions`,
      leftOut: 0,
    });
  });

  it('has every header but no secret', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    await app.connections.change({ id, setHeaders: [{ name: 'x-team', value: 'team-secret' }] });
    const shown = await preview(app, id);
    const text = JSON.stringify(shown);
    expect(text).not.toContain(simulator.key);
    expect(text).not.toContain('team-secret');
    expect(shown.headers).toContainEqual({ name: 'authorization', value: 'Bearer $SLICE_API_KEY' });
    expect(shown.headers).toContainEqual({ name: 'x-team', value: '•••' });
    expect(shown.curl).toContain('"authorization: Bearer $SLICE_API_KEY"');
  });

  it('afterwards has what came back, as it came, without the key', async () => {
    const app = await testApp();
    const server = await loopback((request, response) => {
      response.writeHead(200, { 'x-request-id': 'r1', 'content-type': 'text/event-stream' });
      response.write(`: hello ${request.headers.authorization}\n\n`);
      response.end(
        'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
      );
    });
    const { run } = await app.answer(await app.connectUnchecked(server.baseUrl), 'm');
    const response = run && app.runs.inspect(run.id)?.response;
    expect(response).toMatchObject({ status: 200 });
    expect(response?.headers).toContainEqual({ name: 'x-request-id', value: 'r1' });
    expect(response?.body).toContain('data: {"choices":[{"delta":{"content":"Hi"}');
    expect(response?.body).toContain(': hello Bearer •••');
  });

  it('has the words of a refusal too', async () => {
    const app = await testApp();
    const { id } = await app.connect(simulator);
    const { run } = await app.answer(id, 'sim-status-402');
    const response = run && app.runs.inspect(run.id)?.response;
    expect(response?.status).toBe(402);
    expect(response?.body).toMatch(/^\{/);
  });
});
