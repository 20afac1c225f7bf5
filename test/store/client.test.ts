import { describe, expect, it, vi } from 'vitest';
import { openStore } from '../../electron/store/client';
import type { Reply, Request } from '../../electron/store/protocol';
import type { StorePort } from '../../electron/store/spawn';
import { connectionId, conversationId } from '../../shared/ids';
import { nano } from '../../shared/money';
import { NOON, newConversation, outcome, runHead, say, single } from '../fixtures/ledger';
import { openTestStore } from '../fixtures/store';

const CONNECTION = {
  name: 'APIpie',
  profile: 'apipie',
  baseUrl: 'https://apipie.ai/v1',
  isDemo: false,
  at: NOON,
} as const;

describe('a call', () => {
  it('keeps the kind of its error', async () => {
    const store = await openTestStore();
    await expect(store.read.getConversation(conversationId.parse(9))).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'not_found',
    });
    const run = runHead(connectionId.parse(99));
    await expect(store.write.beginRuns(newConversation('x'), [run])).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('carries money both ways', async () => {
    const store = await openTestStore();
    const id = await store.write.insertConnection(CONNECTION);
    const { runId, conversationId: at } = single(
      await store.write.beginRuns(newConversation('x'), [runHead(id)]),
    );
    const cost = nano(123_456_789_012_345_678n);
    await store.write.endRun(runId, outcome({ cost }), [say('y')]);
    const { total, messages } = await store.read.getConversation(at);
    expect(total.known).toBe(cost);
    expect(messages[1]?.run?.cost).toBe(cost);
  });

  it('is answered in order, and sees what was written before', async () => {
    const store = await openTestStore();
    const saves = Array.from({ length: 50 }, (_, i) => store.write.saveSetting('k', `${i}`));
    await Promise.all(saves);
    expect(await store.read.getSetting('k')).toBe('49');
  });

  it('that writes is not known to the reader', async () => {
    const store = await openTestStore();
    const save: unknown = Reflect.get(store.read, 'saveSetting');
    if (typeof save !== 'function') throw new Error('calls go by name');
    await expect(save('k', 'v')).rejects.toMatchObject({ kind: 'logic' });
    expect(await store.read.getSetting('k')).toBeNull();
  });
});

describe('closing', () => {
  it('waits for what was asked', async () => {
    const store = await openTestStore();
    const saving = store.write.saveSetting('k', 'v');
    const reading = store.read.listConnections();
    await store.close();
    await expect(saving).resolves.toBeUndefined();
    await expect(reading).resolves.toEqual([]);
  });

  it('refuses what comes later', async () => {
    const store = await openTestStore();
    await store.close();
    await expect(store.read.listConnections()).rejects.toMatchObject({ kind: 'closed' });
    await expect(store.write.saveSetting('k', 'v')).rejects.toMatchObject({ kind: 'closed' });
    await store.close();
  });
});

describe('a thread', () => {
  const now = Promise.resolve();
  const fail = (error: unknown) => {
    throw error;
  };

  /** A thread that a test plays the part of. */
  function puppet() {
    const posted: (Request | 'close')[] = [];
    const early: Reply[] = [];
    let reply: (message: Reply) => void = (message) => void early.push(message);
    let exit: (cause: Error | null) => void = () => undefined;
    const port: StorePort = {
      post: (message) => {
        posted.push(message);
        if (message === 'close') exit(null);
      },
      onReply: (listener) => {
        reply = listener;
        for (const message of early.splice(0)) listener(message);
      },
      onExit: (listener) => {
        exit = listener;
      },
    };
    return {
      port,
      posted,
      reply: (message: Reply) => reply(message),
      exit: (cause: Error | null) => exit(cause),
    };
  }

  it('that dies fails every call that waits, and is started again until it runs', async () => {
    const writers = [puppet(), puppet(), puppet()] as const;
    const reader = puppet();
    let started = 0;
    const [writer, broken, next] = writers;
    const told = vi.fn();
    const opening = openStore(
      (role) => (role === 'writer' ? (writers[started++] ?? next) : reader).port,
      now,
      told,
    );
    writer.reply({ type: 'ready' });
    reader.reply({ type: 'ready' });
    const store = await opening;
    const restarted = vi.fn();
    const troubles: (string | null)[] = [];
    store.onRestart(restarted);
    store.trouble.onChange(() => troubles.push(store.trouble.now));
    const waiting = store.write.saveSetting('k', 'v');
    writer.exit(new Error('out of memory'));
    await expect(waiting).rejects.toMatchObject({ kind: 'crashed' });
    await expect(store.write.saveSetting('k', 'v')).rejects.toMatchObject({ kind: 'crashed' });
    expect(troubles).toEqual(['crashed']);
    broken.reply({ type: 'error', id: null, kind: 'full', message: 'x' });
    next.reply({ type: 'ready' });
    await vi.waitFor(() => expect(restarted).toHaveBeenCalledWith(expect.any(Number)));
    expect(told).toHaveBeenCalledTimes(2);
    void store.write.saveSetting('k', 'w');
    expect(next.posted).toMatchObject([{ method: 'saveSetting', args: ['k', 'w'] }]);
    await vi.waitFor(() => {
      const probe = next.posted.find((one) => one !== 'close' && one.method === 'probeWrite');
      if (!probe || probe === 'close') throw new Error('it was not tried yet');
      next.reply({ type: 'result', id: probe.id, value: undefined });
    }, 4_000);
    await vi.waitFor(() => expect(troubles).toEqual(['crashed', null]));
    await store.close();
  });

  it('that cannot read leaves the reading to the one that writes', async () => {
    const writer = puppet();
    const reader = puppet();
    const told = vi.fn();
    const opening = openStore((role) => (role === 'writer' ? writer.port : reader.port), now, told);
    writer.reply({ type: 'ready' });
    reader.reply({ type: 'error', id: null, kind: 'corrupt', message: 'x' });
    const store = await opening;
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
    void store.read.listConnections();
    expect(writer.posted).toMatchObject([{ method: 'listConnections' }]);
  });

  it('that writes also reads until there is quiet for another', async () => {
    const writer = puppet();
    const reader = puppet();
    let becomeQuiet: () => void = () => undefined;
    const quiet = new Promise<void>((resolve) => {
      becomeQuiet = resolve;
    });
    const ports = { writer: writer.port, reader: reader.port };
    const opening = openStore((role) => ports[role], quiet, fail);
    writer.reply({ type: 'ready' });
    const store = await opening;
    void store.read.listTags();
    becomeQuiet();
    await quiet;
    reader.reply({ type: 'ready' });
    await vi.waitFor(() => {
      void store.read.listPrompts();
      expect(reader.posted).not.toEqual([]);
    });
    expect(writer.posted).toContainEqual(expect.objectContaining({ method: 'listTags' }));
    expect(reader.posted).toContainEqual(expect.objectContaining({ method: 'listPrompts' }));
  });

  it('that ends before it is open fails the opening', async () => {
    const writer = puppet();
    const opening = openStore(() => writer.port, now, fail);
    writer.exit(null);
    await expect(opening).rejects.toMatchObject({ kind: 'crashed' });
  });
});
