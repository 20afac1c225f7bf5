import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReader } from '../../electron/store/connection';
import { listConversations } from '../../electron/store/queries/conversation-list';
import { getConversation } from '../../electron/store/queries/conversations';
import { findConversations } from '../../electron/store/queries/search';
import { conversationId } from '../../shared/ids';
import { buildStore } from '../bench/lib/store-at-scale';
import { wordAt } from '../bench/lib/words';
import { temporaryFolder } from '../fixtures/store';

it('the store of the benches is one that the app reads, and is found through', () => {
  const scale = { conversations: 60, long: 200 };
  const { path, long } = buildStore(join(temporaryFolder(), 'slice.db'), scale);
  const db = openReader(path);
  expect(db.pragma('quick_check', { simple: true })).toBe('ok');
  expect(db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(60 * 10 + 200);
  expect(db.prepare('SELECT count(*) FROM run').pluck().get()).toBe(60 * 10 + 200);
  expect(listConversations(db, 0, 10).count).toBe(61);
  expect(getConversation(db, conversationId.parse(long), 40).messages).toHaveLength(40);
  const words = [{ text: wordAt(3), open: false }];
  const seen = new Set<number>();
  for (let offset = 0; ; offset += 7) {
    const { hits, more } = findConversations(db, { words, without: [], filters: [] }, offset, 7);
    for (const hit of hits) seen.add(hit.conversationId);
    if (!more) break;
  }
  const found = db
    .prepare<[string, string], number>(
      `SELECT conversation_id FROM message_fts JOIN message ON message.id = message_fts.rowid
         WHERE message_fts MATCH ?
       UNION SELECT rowid FROM conversation_fts WHERE conversation_fts MATCH ?`,
    )
    .pluck()
    .all(`"${wordAt(3)}"`, `"${wordAt(3)}"`);
  expect([...seen].toSorted((a, b) => a - b)).toEqual(found.toSorted((a, b) => a - b));
  expect(seen.size).toBeGreaterThan(10);
  db.close();
});
