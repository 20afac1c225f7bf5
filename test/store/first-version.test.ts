import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWriter } from '../../electron/store/connection';
import { MIGRATIONS } from '../../electron/store/migrations';
import { initial } from '../../electron/store/migrations/0010-initial';
import { requests } from '../../electron/store/migrations/0020-requests';
import { listComparisons } from '../../electron/store/queries/comparisons';
import { listConnections } from '../../electron/store/queries/connections';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { getConversation } from '../../electron/store/queries/conversations';
import { getDraft } from '../../electron/store/queries/drafts';
import { listModels } from '../../electron/store/queries/models';
import { listPresets } from '../../electron/store/queries/presets';
import { listUnendedRuns } from '../../electron/store/queries/recovery';
import { findConversations } from '../../electron/store/queries/search';
import { spendingBetween } from '../../electron/store/queries/spending';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { Place } from '../../shared/contract/conversation';
import { DEFAULT_LIMITS } from '../../shared/endpoint';
import { conversationId } from '../../shared/ids';
import { LEFT } from '../fixtures/earlier-versions';
import { say } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';

/** Everything but the model list, which is fetched again. */
const KEPT = [
  'connection',
  'conversation',
  'message',
  'part',
  'run',
  'run_journal',
  'usage_day',
  'draft',
  'setting',
];

function firstVersion(): string {
  const path = join(temporaryFolder(), 'slice.db');
  const writer = openWriter(path, [initial]);
  writer.exec(LEFT);
  writer.close();
  return path;
}

describe('a store of the first version', () => {
  it('keeps every row and every value', () => {
    const path = firstVersion();
    const before = openWriter(path, [initial]);
    const rowsOf = (db: typeof before, table: string) =>
      db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2`).all();
    const old = KEPT.map((table) => rowsOf(before, table));
    before.close();
    const { writer } = connections(path);
    expect(writer.pragma('user_version', { simple: true })).toBe(MIGRATIONS.at(-1)?.version);
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
    for (const [at, table] of KEPT.entries()) {
      const rows = rowsOf(writer, table);
      const expected = (old[at] ?? []).map(({ headers: _unused, ...row }) => row);
      expect(rows, table).toHaveLength(expected.length);
      expect(rows, table).toMatchObject(expected);
    }
    writer
      .prepare("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)")
      .run();
  });

  it('opens with the new fields at their defaults', () => {
    const { reader } = connections(firstVersion());
    expect(listConnections(reader)).toEqual([
      {
        id: 1,
        name: 'APIpie',
        profile: 'apipie',
        baseUrl: 'https://apipie.ai/v1',
        isDemo: false,
        auth: 'bearer',
        limits: { ...DEFAULT_LIMITS, idleMs: 300_000 },
        proxy: { mode: 'system' },
        caFile: null,
        roles: 'any',
        headerNames: [],
        learned: [],
        modelsAt: null,
      },
    ]);
    const [connection] = listConnections(reader);
    expect(connection && listModels(reader, connection.id)).toEqual([]);
    const id = conversationId.parse(7);
    expect(listConversations(reader, 0, 9).items).toMatchObject([{ id, pinned: true }]);
    expect(getConversation(reader, id)).toMatchObject({
      settings: EMPTY_CHAT_SETTINGS,
      total: { known: 1_878_000n, runs: 2, running: 1 },
      messages: [
        { id: 10, images: [], attempts: [], run: null },
        {
          id: 11,
          parts: say('Rayleigh.'),
          images: [],
          attempts: [],
          siblings: [11, 12],
          run: {
            attempt: 1,
            adaptations: [],
            fanOut: null,
            requestedProvider: 'openai',
            parameters: { temperature: 0.5 },
            answers: 1,
            votes: 1,
            models: 1,
            cost: 1_878_000n,
          },
        },
      ],
    });
    expect(getDraft(reader, id)).toBe('unsent');
    expect(listUnendedRuns(reader)).toMatchObject([{ id: 4, events: [{ text: 'Ray' }] }]);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject({
      known: 1_878_000n,
      runs: 2,
      running: 1,
    });
  });
});

describe('a store whose index had a run of signs for one word', () => {
  it('finds what stands within it, and keeps the index of everything else', () => {
    const path = join(temporaryFolder(), 'slice.db');
    const old = openWriter(
      path,
      MIGRATIONS.filter(({ version }) => version < 140),
    );
    old.exec(`
      INSERT INTO conversation (id, uid, title, created_at, updated_at)
        VALUES (7, 'c7', '关于大模型', 1, 1), (8, 'c8', 'Größe', 1, 1);
      INSERT INTO message (id, conversation_id, role, created_at)
        VALUES (1, 7, 'user', 1), (2, 7, 'assistant', 1), (3, 8, 'user', 1), (4, 8, 'user', 1);
      INSERT INTO part (message_id, position, kind, text)
        VALUES (1, 0, 'text', '请解释大语言模型'), (2, 0, 'text', 'One'), (2, 1, 'text', 'GPT模型'),
          (3, 0, 'text', 'Große model'), (4, 0, 'reasoning', '模型');
      INSERT INTO message_fts (rowid, text) SELECT id, text FROM message_text;
      INSERT INTO message (id, conversation_id, role, created_at) VALUES (5, 8, 'user', 1);
      INSERT INTO part (message_id, position, kind, text) VALUES (5, 0, 'text', '从未索引');
      -- What is not made anew keeps also what it should not have.
      INSERT INTO message_fts (rowid, text) VALUES (4, 'unrelated');`);
    old.close();
    const { writer, reader } = connections(path);
    const found = (index: string, words: string) =>
      reader.prepare(`SELECT rowid FROM ${index} WHERE ${index} MATCH ?`).pluck().all(words);
    expect(found('message_fts', '"模 型"')).toEqual([1, 2]);
    expect(found('message_fts', '请解释大语言模型 OR gpt模型')).toEqual([]);
    expect(found('message_fts', 'gpt OR one OR model')).toEqual([2, 3]);
    expect(found('conversation_fts', '"大 模" OR grosse OR größe')).toEqual([7, 8]);
    expect(found('message_fts', '"未 索"')).toEqual([5]);
    expect(found('message_fts', 'unrelated')).toEqual([4]);
    writer.exec(
      "INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', 4, 'unrelated')",
    );
    for (const index of ['message_fts', 'conversation_fts']) {
      writer.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`);
    }
  });
});

describe('a store of the second version', () => {
  it('keeps every row, finds what is in it, and has its lists', () => {
    const path = join(temporaryFolder(), 'slice.db');
    const old = openWriter(path, [initial]);
    old.exec(LEFT);
    old.close();
    const second = openWriter(path, [initial, requests]);
    second.exec(`
      INSERT INTO preset (id, name, content, created_at) VALUES (5, 'Poet', '{"model":"m"}', 1);
      UPDATE conversation SET preset_id = 5, settings = '{"system":"Rhyme."}';
      UPDATE run SET fan_out = 'f', extra = '{"min_p":1}' WHERE state = 'running';
      INSERT INTO conversation (id, uid, title, created_at, updated_at, deleted_at)
        VALUES (8, 'c8', 'Gone', 1, 1, 2);
      INSERT INTO conversation (id, uid, title, created_at, updated_at, archived_at)
        VALUES (9, 'c9', 'Laid by', 1, 1, 2);`);
    const tables = [...KEPT, 'preset', 'model', 'favourite_model'];
    const rowsOf = (db: typeof second) =>
      tables.map((table) =>
        db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
      );
    const before = rowsOf(second);
    second.close();
    const { writer, reader } = connections(path);
    expect(rowsOf(writer)).toMatchObject(before);
    expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
    writer
      .prepare(
        "INSERT INTO conversation_fts (conversation_fts, rank) VALUES ('integrity-check', 1)",
      )
      .run();
    const titles = (place: Place) =>
      listConversations(reader, 0, 9, { place }).items.map(({ title }) => title);
    expect(titles('list')).toEqual(['Why is the sky blue?']);
    expect(titles('archive')).toEqual(['Laid by']);
    expect(titles('trash')).toEqual(['Gone']);
    expect(listPresets(reader, 0)).toMatchObject([{ name: 'Poet', content: { model: 'm' } }]);
    expect(getConversation(reader, conversationId.parse(7))).toMatchObject({
      presetId: 5,
      tags: [],
      settings: { system: 'Rhyme.' },
    });
    const words = [{ text: 'laid', open: false }];
    expect(findConversations(reader, { words, without: [], filters: [] }, 0, 9).hits).toHaveLength(
      1,
    );
    expect(listComparisons(reader, 0, 9).count).toBe(1);
  });
});
