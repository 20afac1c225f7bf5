import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { expect, it, onTestFinished, vi } from 'vitest';
import { backupFile } from '../../electron/backups/backup-names';
import type { BackupReply } from '../../electron/backups/backup-thread';
import { startEngine } from '../../electron/engine';
import { Dispatchers } from '../../electron/provider/dispatcher';
import { attachmentPath } from '../../electron/runs/attachments';
import { startSimulator } from '../../electron/simulator/simulator';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import { TestVault } from '../fixtures/app';
import { type RpcClient, seal } from '../fixtures/rpc';
import { openTestStore, temporaryFolder } from '../fixtures/store';

const noBackup = (): never => {
  throw new Error('nobody asked for a backup');
};

/** The engine around a store, as `main.ts` starts it in safe mode; nobody chooses anything. */
async function engine(runBackupThread: () => Promise<BackupReply> = noBackup) {
  const folder = temporaryFolder();
  const backups = join(folder, 'backups');
  mkdirSync(backups);
  const places = { store: join(folder, 'slice.db'), backups };
  const store = await openTestStore(places.store);
  const logged: string[] = [];
  const nobody = (): never => {
    throw new Error('nobody asked for it');
  };
  const started = await startEngine({
    store,
    vault: new TestVault(),
    attachments: join(folder, 'attachments'),
    systemProxy: async () => 'DIRECT',
    openExternal: async () => undefined,
    chooseCaFile: async () => null,
    saveFile: async () => null,
    openFile: async () => null,
    choosePlace: async () => null,
    chooseConversations: async () => 'a file',
    handedFile: { peek: () => null, take: () => null },
    importFolder: join(folder, 'imports'),
    showFile: () => undefined,
    places,
    runBackupThread,
    runHealthThread: nobody,
    startAnew: () => undefined,
    updateSource: null,
    quit: () => undefined,
    startUsageThread: nobody,
    startTranscriptThread: nobody,
    // One that never comes to its end, unless it is stopped.
    startImportThread: () => {
      writeFileSync(join(folder, 'imports', 'begun'), '');
      let ended: () => void = () => undefined;
      return {
        onReply: () => undefined,
        onExit: (listener) => {
          ended = listener;
        },
        stop: () => ended(),
      };
    },
    info: () => ({
      version: '1.0.0',
      platform: 'linux',
      electron: '45.0.0',
      dataFolder: folder,
      safeMode: true,
      languages: ['en'],
    }),
    runtime: () => ({
      runtime: { chromium: '130', node: '20', system: 'Linux' },
      home: '/home/ada',
      user: 'ada',
    }),
    lastFaults: () => [],
    safeMode: true,
    quiet: Promise.resolve(),
    plainAnswers: () => [],
    settingsChanged: () => undefined,
    wantsNews: () => false,
    answersEnded: () => undefined,
    log: (event) => {
      logged.push(event);
      return event;
    },
  });
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  started.serve(port2);
  const client: RpcClient = createORPCClient(new RPCLink({ port: port1 }));
  port1.start();
  port2.start();
  return { started, store, client, logged, folder };
}

it('an answer is stopped at once when the app ends, whatever else has to be waited for', async () => {
  const simulator = await startSimulator({ pace: 'instant' });
  onTestFinished(() => simulator.close());
  let copied: () => void = () => undefined;
  const copying = new Promise<BackupReply>((resolve) => {
    copied = () => resolve({ type: 'made' });
  });
  const { started, store, client } = await engine(() => copying);
  const { id: connectionId } = await client.connections.create({
    name: 'APIpie',
    profile: 'apipie',
    baseUrl: simulator.baseUrl,
    key: await seal(client, simulator.key),
    allowWeak: false,
  });
  const { conversationId } = await client.runs.send({
    conversationId: null,
    text: 'On and on',
    images: [],
    opening: [],
    presetId: null,
    targets: [{ connectionId, model: 'sim-endless' }],
    settings: EMPTY_CHAT_SETTINGS,
  });
  void client.backups.create().catch(() => undefined);
  await vi.waitFor(async () => expect((await client.backups.state()).running).toBe(true));

  let isClosed = false;
  const closing = started.close().then(() => {
    isClosed = true;
  });
  await vi.waitFor(async () => {
    const { messages } = await store.read.getConversation(conversationId);
    expect(messages.at(-1)?.run?.state).toBe('stopped');
  });
  expect(isClosed).toBe(false);
  copied();
  await closing;
});

it('what cannot be ended, as on a disk that is full, keeps nothing behind it from being ended', async () => {
  const { started, store, client, logged } = await engine();
  const last = vi.spyOn(Dispatchers.prototype, 'close');
  const { id: connectionId } = await client.demo.open({ samples: false });
  const data = Buffer.from('GIF89a').toString('base64');
  const { id: image } = await client.attachments.addImage({ name: 'sky.gif', data });
  await client.runs.send({
    conversationId: null,
    text: 'What is this?',
    images: [image],
    opening: [],
    presetId: null,
    targets: [{ connectionId, model: 'sim-slow' }],
    settings: EMPTY_CHAT_SETTINGS,
  });
  await client.demo.remove();
  // From here on the image of what was removed cannot be forgotten.
  await store.close();

  await started.close();
  expect(logged).toEqual(['a part of the app did not end cleanly']);
  expect(last).toHaveBeenCalledOnce();
});

it('an image of the demo stays on the disk when the demo is removed while a backup names it', async () => {
  const { started, client, folder } = await engine(async () => ({ type: 'made' }));
  const { id: connectionId } = await client.demo.open({ samples: false });
  const data = Buffer.from('GIF89a sky').toString('base64');
  const image = await client.attachments.addImage({ name: 'sky.gif', data });
  await client.runs.send({
    conversationId: null,
    text: 'What is it?',
    images: [image.id],
    opening: [],
    presetId: null,
    targets: [{ connectionId, model: 'sim-endless' }],
    settings: EMPTY_CHAT_SETTINGS,
  });
  writeFileSync(join(folder, 'backups', backupFile(Date.now(), 'automatic')), 'a backup');
  await client.demo.remove();
  await started.close();
  expect(existsSync(attachmentPath(join(folder, 'attachments'), image.sha256))).toBe(true);
});

it('an image that an import has found stays, however long it waits to be written', async () => {
  const { client, folder } = await engine(async () => ({ type: 'made' }));
  const old = attachmentPath(join(folder, 'attachments'), 'a'.repeat(64));
  const make = () => {
    mkdirSync(dirname(old), { recursive: true });
    writeFileSync(old, 'an image');
    utimesSync(old, 1, 1);
  };
  make();
  await client.backups.create();
  expect(existsSync(old)).toBe(false);
  make();
  const cancel = new AbortController();
  const reading = await client.imports.read(undefined, { signal: cancel.signal });
  const next = reading.next().catch(() => undefined);
  await vi.waitFor(() => expect(existsSync(join(folder, 'imports', 'begun'))).toBe(true));
  await client.backups.create();
  expect(existsSync(old)).toBe(true);
  cancel.abort();
  await next;
});
