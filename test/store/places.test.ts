import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import { insertAttachment } from '../../electron/store/queries/attachments';
import { listConversations } from '../../electron/store/queries/conversation-list';
import {
  archiveConversations,
  getConversation,
  pinConversation,
  removeConversations,
  renameConversation,
  restoreConversations,
} from '../../electron/store/queries/conversations';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingBetween } from '../../electron/store/queries/spending';
import { listTags, tagConversations } from '../../electron/store/queries/tags';
import {
  type ConversationOrder,
  conversationOrder,
  type Place,
} from '../../shared/contract/conversation';
import { type ConversationId, conversationId } from '../../shared/ids';
import { nano } from '../../shared/money';
import fc from '../fixtures/fast-check';
import {
  begin,
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  refused,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const missing = conversationId.parse(999);
const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });

/** Conversations with these titles, each used a second after the one before and half as dear. */
function titled(writer: WriteDb, titles: readonly string[]): ConversationId[] {
  const connection = connect(writer);
  return titles.map((title, at) => {
    const run = begin(writer, connection, title, { startedAt: NOON + at * 1000 });
    endRun(writer, run.runId, outcome({ cost: nano(1000n >> BigInt(at)), endedAt: NOON }), []);
    return run.conversationId;
  });
}

function shown(
  db: ReadDb,
  place: Place = 'list',
  more: { tag?: string; order?: ConversationOrder } = {},
) {
  const { items, count } = listConversations(db, 0, 500, { place, ...more });
  expect(count).toBe(items.length);
  for (const item of items) expect(item.place).toBe(place);
  return items.map(({ title }) => title);
}

describe('the places of conversations', () => {
  it('are the list, the archive and the trash, and each is where it was when it comes back', () => {
    const { writer, reader } = connections();
    const [a, b, c] = titled(writer, ['a', 'b', 'c']);
    if (!a || !b || !c) throw new Error('there are not three');
    pinConversation(writer, a, NOON);
    archiveConversations(writer, [b, a], NOON);
    expect(shown(reader)).toEqual(['c']);
    expect(shown(reader, 'archive')).toEqual(['b', 'a']);
    removeConversations(writer, [a, c], NOON);
    expect(shown(reader, 'trash')).toEqual(['c', 'a']);
    expect([shown(reader), shown(reader, 'archive')]).toEqual([[], ['b']]);
    restoreConversations(writer, [a, c]);
    expect([shown(reader), shown(reader, 'archive'), shown(reader, 'trash')]).toEqual([
      ['c'],
      ['b', 'a'],
      [],
    ]);
    archiveConversations(writer, [a, b], null);
    expect(shown(reader)).toEqual(['a', 'c', 'b']);
    expect(getConversation(reader, a)).toMatchObject({ pinned: true, place: 'list' });
  });

  it('have an order by use, title or cost', () => {
    const { writer, reader } = connections();
    const [, b] = titled(writer, ['b', 'C', 'a', 'D']);
    expect(shown(reader, 'list', { order: 'used' })).toEqual(['D', 'a', 'C', 'b']);
    expect(shown(reader, 'list', { order: 'title' })).toEqual(['a', 'b', 'C', 'D']);
    expect(shown(reader, 'list', { order: 'cost' })).toEqual(['b', 'C', 'a', 'D']);
    if (b) pinConversation(writer, b, NOON);
    expect(shown(reader, 'list', { order: 'title' })).toEqual(['C', 'a', 'b', 'D']);
  });

  it('change for those of many that are there, and say when none is', () => {
    const { writer, reader } = connections();
    const [a, b] = titled(writer, ['a', 'b']);
    if (!a || !b) throw new Error('there are not two');
    removeConversations(writer, [a], NOON);
    removeConversations(writer, [a, b], NOON);
    expect(shown(reader, 'trash')).toHaveLength(2);
    expect(() => removeConversations(writer, [a, b], NOON)).toThrow(NOT_FOUND);
    expect(() => archiveConversations(writer, [a], NOON)).toThrow(NOT_FOUND);
  });

  it('are the same in pages of any size, from either end, in every order', () => {
    const { writer, reader } = connections();
    const ids = titled(writer, ['e', 'b', 'H', 'a', 'G', 'c', 'd', 'F', 'b']);
    for (const at of [4, 1]) pinConversation(writer, ids[at] ?? missing, NOON + at);
    tagConversations(writer, ids.slice(2), ['x'], []);
    for (const order of conversationOrder.options) {
      for (const tag of [null, 'x']) {
        const { items: all, count } = listConversations(reader, 0, 500, { order, tag });
        expect(all).toHaveLength(tag === null ? 9 : 7);
        for (let size = 1; size <= 9; size += 1) {
          const pages = [];
          for (let at = 0; at < count; at += size) {
            pages.push(...listConversations(reader, at, size, { order, tag }).items);
          }
          expect(pages).toEqual(all);
        }
      }
    }
  });

  it('know how many they have, whatever is moved', () => {
    const { writer, reader } = connections();
    const ids = titled(writer, ['a', 'b', 'c']);
    const step = fc.tuple(fc.constantFrom(...ids), fc.nat(6));
    const moves = [
      (id: ConversationId) => pinConversation(writer, id, NOON),
      (id: ConversationId) => pinConversation(writer, id, null),
      (id: ConversationId) => archiveConversations(writer, [id], NOON),
      (id: ConversationId) => archiveConversations(writer, [id], null),
      (id: ConversationId) => removeConversations(writer, [id], NOON),
      (id: ConversationId) => restoreConversations(writer, [id]),
      (id: ConversationId) => renameConversation(writer, id, 'x'),
    ];
    fc.assert(
      fc.property(step, ([id, move]) => {
        try {
          moves[move]?.(id);
        } catch (error) {
          expect(error).toEqual(NOT_FOUND);
        }
        for (const place of ['list', 'archive', 'trash'] as const) shown(reader, place);
      }),
    );
  });

  it.each<[Place, ConversationOrder]>([
    ['list', 'used'],
    ['list', 'title'],
    ['list', 'cost'],
    ['archive', 'title'],
    ['trash', 'cost'],
  ])('are read along an index: %s by %s', (place, order) => {
    const { writer, reader } = connections();
    const [a, b, c] = titled(writer, ['a', 'b', 'c', 'd']);
    if (!a || !b || !c) throw new Error('there are not three');
    pinConversation(writer, a, NOON);
    archiveConversations(writer, [b], NOON);
    removeConversations(writer, [c], NOON);
    const plans: string[] = [];
    const watched = new Proxy(reader, {
      get: (db, name) =>
        name === 'prepare'
          ? (sql: string) => {
              const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
              const values = Array(sql.split('?').length - 1).fill(1);
              plans.push(...plan.all(...values).map(({ detail }) => detail));
              return db.prepare(sql);
            }
          : Reflect.get(db, name),
    });
    listConversations(watched, 0, 10, { place, order });
    const index = { used: 'use', title: 'title', cost: 'cost' }[order];
    expect(plans.join('\n')).toContain(`INDEX conversation_by_${index} (shelf=?)`);
    expect(plans.filter((plan) => plan.startsWith('SCAN conversation'))).toEqual([]);
    const sorts = plans.filter((plan) => plan.includes('TEMP B-TREE FOR ORDER BY'));
    // The page itself, once it was read; the pinned ones have no index of their own order.
    expect(sorts.length).toBeLessThanOrEqual(place === 'list' ? 3 : 1);
  });
});

describe('tags', () => {
  it('do not differ by capitals, and keep the first spelling', () => {
    const { writer, reader } = connections();
    const [a, b] = titled(writer, ['a', 'b']);
    if (!a || !b) throw new Error('there are not two');
    tagConversations(writer, [a], ['Work', 'WORK', 'Ärger'], []);
    tagConversations(writer, [a, b], ['work', 'ärger'], []);
    expect(listTags(reader)).toEqual([
      { name: 'Work', count: 2 },
      { name: 'Ärger', count: 2 },
    ]);
    expect(getConversation(reader, a).tags).toEqual(['Work', 'Ärger']);
    tagConversations(writer, [a], [], ['wORK', 'other']);
    expect(shown(reader, 'list', { tag: 'WORK' })).toEqual(['b']);
    expect(shown(reader, 'list', { tag: 'ÄRGER', order: 'title' })).toEqual(['a', 'b']);
  });

  it('go with the conversation, and are not counted in the trash', () => {
    const { writer, reader } = connections();
    const [a] = titled(writer, ['a']);
    if (!a) throw new Error('there is none');
    tagConversations(writer, [a, a], ['x'], []);
    removeConversations(writer, [a], NOON);
    expect(listTags(reader)).toEqual([]);
    restoreConversations(writer, [a]);
    expect(listTags(reader)).toEqual([{ name: 'x', count: 1 }]);
  });
});

describe('deleting for good', () => {
  const rows = (db: ReadDb, table: string) =>
    db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

  it('takes everything but the ledger, and only from the trash', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const [kept, gone] = ['a', 'b'].map((name) =>
      insertAttachment(writer, {
        sha256: name.repeat(64),
        name,
        mediaType: 'image/png',
        bytes: 1,
        at: NOON,
      }),
    );
    if (!kept || !gone) throw new Error('there are not two');
    const head = () => runHead(connection, { uid: randomUUID() });
    const one = beginRun(writer, newConversation('sky', { images: [kept.id] }), head());
    const images = [kept.id, gone.id];
    const two = beginRun(writer, newConversation('sea', { images }), head());
    endRun(writer, one.runId, outcome(), [say('blue')]);
    endRun(writer, two.runId, outcome(), [say('green'), say('grey')]);
    renameConversation(writer, two.conversationId, 'The sea');
    tagConversations(writer, [two.conversationId], ['x'], []);
    removeConversations(writer, [two.conversationId], NOON);
    const before = spendingBetween(reader, '2024-10-21', '2024-10-21', false);

    expect(purgeConversations(writer, [one.conversationId, two.conversationId])).toEqual([
      gone.sha256,
    ]);
    expect(
      ['conversation', 'message', 'conversation_tag', 'attachment'].map((table) =>
        rows(reader, table),
      ),
    ).toEqual([1, 2, 0, 1]);
    expect(
      reader
        .prepare('SELECT conversation_id, message_id, conversation_title FROM run ORDER BY id')
        .raw()
        .all(),
    ).toEqual([
      [one.conversationId, one.messageId, 'sky'],
      [null, null, 'The sea'],
    ]);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toEqual(before);
    writer
      .prepare("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)")
      .run();
    writer
      .prepare(
        "INSERT INTO conversation_fts (conversation_fts, rank) VALUES ('integrity-check', 1)",
      )
      .run();
    expect(writer.pragma('foreign_key_check')).toEqual([]);
  });

  it('takes a conversation of any length', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const { conversationId: id } = begin(writer, connection);
    const insert = writer.prepare(
      "INSERT INTO message (conversation_id, parent_id, role, created_at) VALUES (?, ?, 'user', 0)",
    );
    let parent: number | bigint = 1;
    for (let at = 0; at < 5_000; at += 1) parent = insert.run(id, parent).lastInsertRowid;
    removeConversations(writer, [id], NOON);
    purgeConversations(writer, [id]);
    expect(rows(reader, 'message')).toBe(0);
  });

  it('lets an answer that is still on its way end', () => {
    const { writer, reader } = connections();
    const { conversationId: id, runId } = begin(writer, connect(writer));
    removeConversations(writer, [id], NOON);
    purgeConversations(writer, [id]);
    endRun(writer, runId, outcome(), [say('x')]);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toMatchObject({
      known: 1_878_000n,
      running: 0,
    });
  });

  it('changes no total, whatever is deleted', () => {
    const end = fc.record({
      cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n })),
      ended: fc.boolean(),
      failed: fc.boolean(),
      more: fc.boolean(),
      purged: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(end, { maxLength: 8 }), (ends) => {
        const { writer, reader } = connections();
        const connection = connect(writer);
        const purged: ConversationId[] = [];
        for (const { cost, ended, failed, more, purged: goes } of ends) {
          const { conversationId: id, runId } = begin(writer, connection);
          const known = cost === null ? null : nano(cost);
          const costs = {
            cost: known,
            costSource: known === null ? 'unknown' : 'reported',
          } as const;
          if (ended) endRun(writer, runId, failed ? refused() : outcome(costs), [say('x')]);
          if (more) beginRun(writer, nextMessage(id, 'y'), runHead(connection));
          if (goes) purged.push(id);
        }
        const totals = () => [
          spendingBetween(reader, '2024-10-21', '2024-10-21', false),
          reader.prepare('SELECT * FROM usage_day').all(),
          reader.prepare('SELECT uid, state, cost_nanousd, cost_source FROM run ORDER BY id').all(),
        ];
        const before = totals();
        if (purged.length > 0) removeConversations(writer, purged, NOON);
        purgeConversations(writer, purged);
        expect(totals()).toEqual(before);
        expect(rows(reader, 'conversation')).toBe(ends.length - purged.length);
      }),
      { numRuns: 40 },
    );
  });
});
