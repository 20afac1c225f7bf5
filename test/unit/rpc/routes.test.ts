import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachmentPath } from '../../../electron/runs/attachments';
import { type Simulator, startSimulator } from '../../../electron/simulator/simulator';
import { StoreError, type StoreErrorKind } from '../../../electron/store/errors';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import { contract } from '../../../shared/contract';
import { USUAL_TRANSCRIPT } from '../../../shared/contract/transcript';
import { USUAL_FORM } from '../../../shared/contract/usage-file';
import { failure } from '../../../shared/errors';
import {
  billingImportId,
  type ConnectionId,
  conversationId,
  messageId,
  runId,
} from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { TestApp, testApp } from '../../fixtures/app';
import { loopback } from '../../fixtures/loopback';
import { type RpcClient, rpcClient, seal } from '../../fixtures/rpc';
import { openTestStore, temporaryFolder } from '../../fixtures/store';

const KEY = 'secret-key-of-the-user-42';
const HEADER = 'secret value of a header';

/** A message to one model, without settings. */
function asking(connectionId: ConnectionId, text: string) {
  const targets = [{ connectionId, model: 'sim-fast' }];
  return { conversationId: null, text, images: [], targets, settings: EMPTY_CHAT_SETTINGS };
}

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1, key: KEY });
});

afterAll(async () => {
  await simulator.close();
});

const missing = conversationId.parse(999);

/** What the page gets to see of a failed call. */
async function errorOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return { ...error, message: error.message };
    throw error;
  }
  throw new Error('the call did not fail');
}

async function connected(client: RpcClient) {
  return client.connections.create({
    name: 'APIpie',
    profile: 'apipie',
    baseUrl: simulator.baseUrl,
    key: await seal(client, KEY),
    allowWeak: false,
  });
}

describe('a call that is wrong', () => {
  it.each<[string, (client: RpcClient) => Promise<unknown>]>([
    ['a title of nothing', (client) => client.conversations.rename({ id: missing, title: '  ' })],
    ['a page of nothing', (client) => client.conversations.list({ offset: 0, limit: 0 })],
    ['a link without end', (client) => client.app.openExternal({ url: 'x'.repeat(5_000) })],
  ])('is refused for %s', async (_, call) => {
    const { client, asked } = rpcClient(await testApp());
    const error = await errorOf(call(client));
    expect(error).toMatchObject({
      code: 'invalid_input',
      defined: true,
      data: { code: 'invalid_input' },
    });
    expect(asked.logged.size).toBe(0);
  });

  it('does not reach what it was for', async () => {
    const app = await testApp();
    const { client } = rpcClient(app);
    const { id } = await connected(client);
    const before = simulator.log.length;
    const parameters: object = { temperature: 3, memory: 1 };
    const extra = { model: 'another' };
    const many = Array(6).fill({ connectionId: id, model: 'sim-fast' });
    for (const wrong of [
      { settings: { ...EMPTY_CHAT_SETTINGS, parameters } },
      { settings: { ...EMPTY_CHAT_SETTINGS, extra } },
      { targets: [] },
      { targets: many },
      { text: ' \n' },
    ]) {
      const send = client.runs.send({ ...asking(id, 'x'), ...wrong });
      expect(await errorOf(send)).toMatchObject({ code: 'invalid_input' });
    }
    expect(simulator.log).toHaveLength(before);
    expect(await client.conversations.list({ offset: 0, limit: 9 })).toEqual({
      items: [],
      count: 0,
    });
  });

  it.each<[string, (client: RpcClient) => Promise<unknown>]>([
    ['get', (client) => client.conversations.get({ id: missing })],
    ['rename', (client) => client.conversations.rename({ id: missing, title: 'x' })],
    ['remove', (client) => client.conversations.remove({ ids: [missing] })],
    [
      'selectBranch',
      (client) => client.conversations.selectBranch({ id: missing, messageId: messageId.parse(1) }),
    ],
  ])('is told that there is no such conversation: %s', async (_, call) => {
    const { client } = rpcClient(await testApp());
    expect(await errorOf(call(client))).toMatchObject({
      code: 'not_found',
      data: { code: 'not_found', reference: expect.any(String) },
    });
  });
});

describe('a call that fails', () => {
  it('inside says where the log tells more, and nothing else', async () => {
    const app = await testApp();
    const { client, asked } = rpcClient(app);
    app.connections.list = async () => {
      throw new Error(`secret words in /home/user, key ${KEY}`);
    };
    const error = await errorOf(client.connections.list());
    expect(error).toMatchObject({ code: 'internal', message: 'internal', defined: true });
    expect(error.data).toEqual({ code: 'internal', reference: 'L1' });
    expect(JSON.stringify(error)).not.toMatch(/secret|home|at .*\.ts/);
    expect(asked.logged.get('L1')).toMatchObject({ event: 'route connections.list' });
  });

  it.each<[StoreErrorKind, string]>([
    ['full', 'store_full'],
    ['read_only', 'store_full'],
    ['corrupt', 'store_corrupt'],
    ['newer', 'store_newer'],
    ['busy', 'conflict'],
    ['not_found', 'not_found'],
    ['closed', 'internal'],
    ['logic', 'internal'],
  ])('in the store because it is %s says %s', async (kind, code) => {
    const store = await openTestStore();
    const read = new Proxy(store.read, {
      get: () => () => Promise.reject(new StoreError(kind, 'SELECT secret FROM words')),
    });
    const { client } = rpcClient(new TestApp({ ...store, read }, {}));
    const error = await errorOf(client.conversations.list({ offset: 0, limit: 1 }));
    expect(error).toMatchObject({ code, data: { code, reference: 'L1' } });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('at the server keeps what the server said, without the key', async () => {
    const app = await testApp();
    const { client, asked } = rpcClient(app);
    const error = await errorOf(
      client.connections.create({
        name: 'x',
        profile: 'apipie',
        baseUrl: simulator.baseUrl,
        key: await seal(client, 'sk-wrong-key-0123456789'),
        allowWeak: false,
      }),
    );
    expect(error).toMatchObject({ code: 'key_rejected', data: { status: 401 } });
    expect(failure.safeParse(error.data).success).toBe(true);
    expect(JSON.stringify(error)).not.toContain('sk-wrong-key');
    expect(asked.logged.size).toBe(0);
  });

  it('at a proxy that wants another password was made with the one that came sealed', async () => {
    const { client } = rpcClient(await testApp());
    const heard: (string | undefined)[] = [];
    const { baseUrl } = await loopback((request, response) => {
      heard.push(request.headers['proxy-authorization']);
      response.writeHead(407).end();
    });
    const error = await errorOf(
      client.connections.create({
        name: 'x',
        profile: 'other',
        baseUrl: 'http://server.example/v1',
        key: await seal(client, KEY),
        allowWeak: false,
        options: { proxy: { mode: 'url', url: `http://me@${new URL(baseUrl).host}` } },
        proxyPassword: await seal(client, HEADER),
      }),
    );
    expect(error).toMatchObject({ data: { reason: 'proxy_auth' } });
    expect(JSON.stringify(error)).not.toContain(HEADER);
    expect(heard[0]).toBe(`Basic ${Buffer.from(`me:${HEADER}`).toString('base64')}`);
  });

  it.each([
    ['sealed for another app', async () => seal(rpcClient(await testApp()).client, KEY)],
    ['not sealed', async () => ({ sender: 'AAAA', iv: 'AAAA', ciphertext: 'AAAA' })],
    ['no key', async (client: RpcClient) => seal(client, 'two words')],
  ])('for a key that is %s is refused', async (_, make) => {
    const app = await testApp();
    const { client } = rpcClient(app);
    const input = { name: 'x', profile: 'apipie', baseUrl: simulator.baseUrl } as const;
    const key = await make(client);
    expect(
      await errorOf(client.connections.create({ ...input, key, allowWeak: false })),
    ).toMatchObject({ code: 'invalid_input' });
    expect(await client.connections.list()).toEqual([]);
  });
});

describe('the key', () => {
  it('is in the answer of no route', async () => {
    const app = await testApp({ simulator });
    const { client } = rpcClient(app);
    const connection = await connected(client);
    const { id: connectionId } = connection;
    const model = 'sim-fast';
    const settings = EMPTY_CHAT_SETTINGS;
    const events = app.follow();
    const asked = asking(connectionId, 'Why?');
    const sent = await client.runs.send(asked);
    await events.until((event) => event.type === 'run.ended');
    const { conversationId: id } = sent;
    const [run] = sent.runs;
    if (!run) throw new Error('nothing was sent');
    const { messageId: answer } = run;
    const header = { name: 'x-team', value: await seal(client, HEADER) };
    const content = { connectionId, model, settings, opening: [] };
    const preset = await client.presets.create({ name: 'Poet', content });
    const prompt = await client.presets.savePrompt({ id: null, title: 'Sum up', text: 'Sum up:' });
    const feed = await client.events.subscribe();
    const spent = { from: null, to: null, demo: false };
    const usage = { ...USUAL_FORM, filter: spent, groupBy: 'model' } as const;
    const limits = {
      scope: { kind: 'connection', id: connectionId },
      period: 'month',
      limit: nano(10n ** 12n),
      warnPercent: 80,
      stops: true,
    } as const;
    const budget = await client.budgets.create(limits);
    const backedUp = await client.backups.create();
    const [copy] = backedUp.backups;
    if (!copy) throw new Error('a backup was made');
    const answers: Record<string, Record<string, unknown>> = {
      app: {
        info: await client.app.info(),
        settings: await client.app.settings(),
        changeSettings: await client.app.changeSettings({ theme: 'dark' }),
        spendingOverview: await client.app.spendingOverview(),
        openExternal: await client.app.openExternal({ url: 'https://apipie.ai' }),
        saveText: await client.app.saveText({ name: 'answer.md', text: 'words' }),
        storeTrouble: await client.app.storeTrouble(),
        startAnew: await client.app.startAnew({ safeMode: true }),
        plainAnswers: await client.app.plainAnswers(),
      },
      demo: {
        open: await client.demo.open({ samples: false }),
        remove: await client.demo.remove(),
        restore: await client.demo.restore(),
      },
      connections: {
        create: connection,
        setKey: await client.connections.setKey({
          id: connectionId,
          key: await seal(client, KEY),
          allowWeak: false,
        }),
        list: await client.connections.list(),
        check: await client.connections.check({ id: connectionId }),
        change: await client.connections.change({ id: connectionId, setHeaders: [header] }),
        test: await client.connections.test({ id: connectionId }),
        activity: await client.connections.activity({ id: connectionId }),
        catalogue: await client.connections.catalogue({ id: connectionId }),
        refreshCatalogue: await client.connections.refreshCatalogue({ id: connectionId }),
        modelRecords: await client.connections.modelRecords({ id: connectionId }),
        setFavourite: await client.connections.setFavourite({
          id: connectionId,
          model,
          favourite: true,
        }),
        forgetLearned: await client.connections.forgetLearned({ id: connectionId }),
        remove: await client.connections.remove({ id: connectionId }),
        restore: await client.connections.restore({ id: connectionId }),
        chooseCaFile: await client.connections.chooseCaFile(),
        keyStrength: await client.connections.keyStrength(),
        sealingKey: await client.connections.sealingKey(),
      },
      attachments: {
        addImage: await client.attachments.addImage({
          name: 'x.gif',
          data: 'R0lGODlhAQABAAAAACw=',
        }),
      },
      billing: {
        start: await client.billing.start({ connectionId }),
        connections: await client.billing.connections(),
        stop: await client.billing.stop({ connectionId }),
        report: await client.billing.report({ connectionId }),
        undo: await errorOf(client.billing.undo({ importId: billingImportId.parse(999) })),
      },
      backups: {
        create: backedUp,
        state: await client.backups.state(),
        preview: await client.backups.preview({ name: copy.name }),
        show: await client.backups.show({ name: copy.name }),
        restore: await client.backups.restore({ name: copy.name }),
        remove: await client.backups.remove({ name: copy.name }),
      },
      budgets: {
        create: budget,
        change: await client.budgets.change({ ...limits, id: budget.id }),
        remove: await client.budgets.remove({ id: budget.id }),
        restore: await client.budgets.restore({ id: budget.id }),
        list: await client.budgets.list(),
        month: await client.budgets.month(),
      },
      conversations: {
        rename: await client.conversations.rename({ id, title: 'Title' }),
        pin: await client.conversations.pin({ id, pinned: true }),
        choose: await client.conversations.choose({ id, connectionId, model }),
        changeSettings: await client.conversations.changeSettings({ id, settings }),
        answers: await client.conversations.answers({ messageId: answer }),
        branch: await client.conversations.branch({ messageId: answer, newest: 1 }),
        selectBranch: await client.conversations.selectBranch({ id, messageId: answer }),
        removeMessages: await client.conversations.removeMessages({
          id,
          messageId: answer,
          following: false,
        }),
        restoreMessages: await client.conversations.restoreMessages({
          id,
          removed: { messages: [answer], moved: [], apart: [], leaf: answer },
        }),
        markRead: await client.conversations.markRead({ id }),
        saveDraft: await client.conversations.saveDraft({ id: null, text: 'draft' }),
        newDraft: await client.conversations.newDraft(),
        get: await client.conversations.get({ id }),
        list: await client.conversations.list({ offset: 0, limit: 10 }),
        remove: await client.conversations.remove({ ids: [id] }),
        restore: await client.conversations.restore({ ids: [id] }),
        archive: await client.conversations.archive({ ids: [id], archived: false }),
        purge: await client.conversations.purge({ ids: [id] }),
        tag: await client.conversations.tag({ ids: [id], add: ['work'], remove: [] }),
        tags: await client.conversations.tags(),
        choosePreset: await client.conversations.choosePreset({ id, presetId: preset.id }),
      },
      estimates: {
        records: await client.estimates.records({ connectionId, models: [model] }),
        accuracy: await client.estimates.accuracy({ demo: false }),
      },
      health: {
        state: await client.health.state(),
        check: await client.health.check({ part: 'search' }),
        mend: await client.health.mend({ part: 'sums' }),
        diagnostics: await client.health.diagnostics(),
      },
      presets: {
        create: preset,
        list: await client.presets.list(),
        change: await client.presets.change({ id: preset.id, name: 'Bard' }),
        duplicate: await client.presets.duplicate({ id: preset.id }),
        reorder: await client.presets.reorder({ ids: [preset.id] }),
        setDefault: await client.presets.setDefault({ id: preset.id }),
        remove: await client.presets.remove({ id: preset.id }),
        restore: await client.presets.restore({ id: preset.id }),
        exportFile: await client.presets.exportFile({ ids: [preset.id] }),
        importFile: await client.presets.importFile(),
        savePrompt: prompt,
        listPrompts: await client.presets.listPrompts(),
        removePrompt: await client.presets.removePrompt({ id: prompt.id }),
      },
      search: {
        find: await client.search.find({ query: 'why', offset: 0, limit: 10, order: 'relevance' }),
        suggest: await client.search.suggest({ field: 'model', prefix: 'sim' }),
      },
      runs: {
        send: sent,
        answerAgain: await client.runs.answerAgain({
          conversationId: id,
          messageId: answer,
          targets: [{ connectionId, model }],
          settings,
        }),
        edit: await client.runs.edit({
          conversationId: id,
          messageId: sent.questionId,
          text: 'How?',
          images: [],
          targets: [{ connectionId, model }],
          settings,
        }),
        comparisons: await client.runs.comparisons({ offset: 0, limit: 10 }),
        preview: await client.runs.preview({ ...asked, target: { connectionId, model } }),
        inspect: await client.runs.inspect({ runId: run.runId }),
        live: await client.runs.live(),
        attach: await client.runs.attach({ runId: run.runId }),
        stop: await client.runs.stop({ runId: runId.parse(999) }),
      },
      spending: {
        extent: await client.spending.extent(),
        report: await client.spending.report({ filter: spent, groupBy: 'connection', limit: 6 }),
        wasted: await client.spending.wasted(spent),
        runs: await client.spending.runs({
          filter: spent,
          offset: 0,
          limit: 10,
          sort: 'time',
          descending: true,
          hour: '2026-10-25T02:00+01:00',
        }),
        compareRouting: await client.spending.compareRouting(spent),
      },
      telemetry: {
        change: await client.telemetry.change({
          endpoint: simulator.baseUrl,
          setHeaders: [{ name: 'Authorization', value: await seal(client, HEADER) }],
        }),
        state: await client.telemetry.state(),
        test: await client.telemetry.test(),
        sendEarlier: await client.telemetry.sendEarlier(),
        stopEarlier: await client.telemetry.stopEarlier(),
      },
      updates: {
        state: await client.updates.state(),
        look: await client.updates.look(),
        load: await client.updates.load(),
        restart: await client.updates.restart(),
      },
      usageFiles: {
        // Nobody chose a place, so nothing is said.
        save: await (await client.usageFiles.save(usage)).next(),
        show: await errorOf(client.usageFiles.show({ id: 1 })),
      },
      transcripts: {
        save: await (
          await client.transcripts.save({ ...USUAL_TRANSCRIPT, ids: [id], name: 'One' })
        ).next(),
      },
      imports: {
        read: await (await client.imports.read()).next(),
        handed: await client.imports.handed(),
        readHanded: await (await client.imports.readHanded()).next(),
        write: await errorOf((await client.imports.write({ id: 1, known: 'skip' })).next()),
        forget: await client.imports.forget({ id: 1 }),
        undo: await errorOf(client.imports.undo({ id: 1 })),
      },
      events: { subscribe: [await feed.next(), await feed.next()] },
    };
    // It would be listed and found beside the one it was made of.
    const fork = await client.conversations.fork({ id, messageId: answer, newest: 2 });
    answers.conversations = { ...answers.conversations, fork };
    // Without its key nothing more can be asked, so this comes last.
    const forgetKey = await client.connections.forgetKey({ id: connectionId });
    answers.connections = { ...answers.connections, forgetKey };
    expect(forgetKey).toMatchObject({ keyState: 'missing', headerNames: ['x-team'] });
    const names = (tree: object) =>
      Object.entries(tree).map(([domain, routes]) => [domain, Object.keys(routes).toSorted()]);
    expect(names(answers).toSorted()).toEqual(names(contract).toSorted());
    for (const [domain, routes] of Object.entries(answers)) {
      for (const [name, answered] of Object.entries(routes)) {
        expect(printed(answered), `${domain}.${name}`).not.toContain(KEY);
        expect(printed(answered), `${domain}.${name}`).not.toContain(HEADER);
      }
    }
    expect(answers.conversations).toMatchObject({
      newDraft: 'draft',
      get: { title: 'Title', pinned: true, unread: false, messages: [{}, { run: {} }] },
      list: { count: 1 },
      tags: [{ name: 'work', count: 1 }],
    });
    expect(answers.search).toMatchObject({ find: { hits: [{ tags: ['work'] }], problem: null } });
    await feed.return?.();
    await app.runs.stopAll();
  });
});

/** Money has no JSON of its own. */
function printed(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? `${inner}` : inner,
    ) ?? ''
  );
}

describe('presets', () => {
  it('leave in a file and come back from one', async () => {
    const { client, asked } = rpcClient(await testApp());
    const { id: connectionId } = await connected(client);
    const settings = { ...EMPTY_CHAT_SETTINGS, system: 'Rhyme.' };
    const content = { connectionId, model: 'gpt-4o', settings, opening: [] };
    const { id } = await client.presets.create({ name: 'Poet', content });
    expect(await client.presets.exportFile({ ids: [id] })).toEqual({
      path: 'folder/Poet.json',
      count: 1,
    });
    expect(await client.presets.importFile()).toBeNull();
    asked.toOpen.push({ name: 'Poet.json', text: asked.saved[0]?.text ?? '' });
    expect(await client.presets.importFile()).toMatchObject({
      added: [{ name: 'Poet (2)', content, isDefault: false }],
      skipped: [],
    });
    asked.toOpen.push({ name: 'other.json', text: '{}' });
    expect(await errorOf(client.presets.importFile())).toMatchObject({
      code: 'invalid_input',
      data: { reason: 'not_a_preset_file' },
    });
    expect(await client.presets.list()).toHaveLength(2);
  });
});

describe('a search', () => {
  it('that cannot be meant says where', async () => {
    const { client } = rpcClient(await testApp());
    const asked = { query: 'a cost:x', offset: 0, limit: 9, order: 'newest' } as const;
    expect(await client.search.find(asked)).toEqual({
      hits: [],
      more: false,
      problem: { at: 2, reason: 'not_an_amount' },
    });
  });
});

describe('deleting for good', () => {
  it('deletes the images, too', async () => {
    const folder = temporaryFolder();
    const app = await testApp({ attachments: folder });
    const { client } = rpcClient(app);
    const { id } = await connected(client);
    const image = await client.attachments.addImage({
      name: 'x.gif',
      data: 'R0lGODlhAQABAAAAACw=',
    });
    const sent = await client.runs.send({ ...asking(id, 'What is it?'), images: [image.id] });
    const path = attachmentPath(folder, image.sha256);
    expect(existsSync(path)).toBe(true);
    const ids = [sent.conversationId];
    await client.conversations.purge({ ids });
    expect(existsSync(path)).toBe(true);
    await client.conversations.remove({ ids });
    await client.conversations.purge({ ids });
    expect(existsSync(path)).toBe(false);
    expect(await client.conversations.list({ offset: 0, limit: 9, place: 'trash' })).toEqual({
      items: [],
      count: 0,
    });
    await app.runs.stopAll();
  });
});

describe('across the port', () => {
  it('an answer arrives event by event, and money as it is', async () => {
    const app = await testApp();
    const { client } = rpcClient(app);
    const { id } = await connected(client);
    const feed = await client.events.subscribe();
    expect(await feed.next()).toMatchObject({ value: { type: 'hello' } });
    const sent = await client.runs.send(asking(id, 'Why?'));
    const types = new Set<string>();
    for await (const event of feed) {
      types.add(event.type);
      if (event.type === 'run.ended') break;
    }
    expect([...types]).toEqual(expect.arrayContaining(['run.started', 'run.delta', 'run.ended']));
    const { total, messages } = await client.conversations.get({ id: sent.conversationId });
    expect(total.known).toBeTypeOf('bigint');
    expect(total.known).toBe(messages[1]?.run?.cost);
  });

  it('settings are kept, and the window follows the theme', async () => {
    const app = await testApp();
    const { client, asked } = rpcClient(app);
    expect(await client.app.settings()).toMatchObject({ theme: 'system', lastModel: null });
    await client.app.changeSettings({ theme: 'dark' });
    await client.app.changeSettings({ lastModel: 'gpt-4o' });
    expect(await client.app.settings()).toMatchObject({ theme: 'dark', lastModel: 'gpt-4o' });
    expect(asked.settings).toMatchObject([{ theme: 'dark', fontSize: 15 }, { theme: 'dark' }]);
  });

  it('the demo that is opened twice at the same moment is one', async () => {
    const { client } = rpcClient(await testApp({ simulator }));
    const [one, other] = await Promise.all([
      client.demo.open({ samples: true }),
      client.demo.open({ samples: true }),
    ]);
    expect(other.id).toBe(one.id);
    expect(await client.connections.list()).toHaveLength(1);
  });

  it('diagnostics say what is known also of a store that cannot be read', async () => {
    const app = await testApp();
    const { client } = rpcClient(app);
    await app.store.close();
    const text = await client.health.diagnostics();
    expect(text).toContain('Slice: 1.0.0');
    expect(text).toContain('Connections\n  could not be read');
    expect(text).toContain('Settings\n  could not be read');
  });

  it('settings that are changed at the same moment are all kept', async () => {
    const { client } = rpcClient(await testApp());
    const [, last] = await Promise.all([
      client.app.changeSettings({ theme: 'dark' }),
      client.app.changeSettings({ lastModel: 'gpt-4o' }),
    ]);
    expect(last).toMatchObject({ theme: 'dark', lastModel: 'gpt-4o' });
    expect(await client.app.settings()).toMatchObject({ theme: 'dark', lastModel: 'gpt-4o' });
  });

  it('settings of an older or damaged row keep what is good of them', async () => {
    const app = await testApp();
    const { client } = rpcClient(app);
    const saved = { theme: 'dark', lastModel: 'gpt-4o', lastConnectionId: 1, language: 'xx' };
    await app.store.write.saveSetting('app', JSON.stringify({ ...saved, later: true }));
    expect(await client.app.settings()).toEqual({
      theme: 'dark',
      lastModel: 'gpt-4o',
      lastConnectionId: 1,
      language: 'system',
      fontSize: 15,
      motion: 'system',
      hideMoney: false,
      notifications: false,
      spellCheck: process.platform === 'darwin',
      sendKey: 'enter',
      shortcuts: {},
      titlesByModel: false,
      titleModel: null,
      looksForUpdates: null,
      sidebarWidth: 248,
      searchOrder: 'newest',
      usageFile: { kind: 'runs', format: 'csv', separator: 'comma', marked: true },
      transcript: USUAL_TRANSCRIPT,
      trashDays: 30,
    });
  });

  it.each(['{', '7', '{"theme":"pink"}', 'null'])(
    'settings that were damaged (%s) are the first ones again',
    async (saved) => {
      const app = await testApp();
      const { client } = rpcClient(app);
      await app.store.write.saveSetting('app', saved);
      expect(await client.app.settings()).toMatchObject({ theme: 'system' });
    },
  );

  it.each(['{', '7', 'null', '{"trashDays":0}', '{"trashDays":"never"}'])(
    'nothing is deleted for good on the word of settings that were damaged: %s',
    async (saved) => {
      const app = await testApp();
      const { client } = rpcClient(app);
      expect(await client.app.settings()).toMatchObject({ trashDays: 30 });
      await app.store.write.saveSetting('app', saved);
      expect(await client.app.settings()).toMatchObject({ trashDays: null });
    },
  );

  it('today and the month are sums of the ledger, apart for the demo', async () => {
    const app = await testApp({ simulator });
    const { client } = rpcClient(app);
    // The overview is of today, so the run has to be, too.
    app.clock.pass(Date.now() - app.clock.now());
    const { id } = await client.demo.open({ samples: false });
    const { run } = await app.answer(id, 'gpt-4o');
    const overview = await client.app.spendingOverview();
    expect(overview.demoToday.known).toBe(run?.cost);
    expect(overview.demoMonth.known).toBe(run?.cost);
    expect(overview.today).toMatchObject({ known: 0n, runs: 0 });
  });
});
